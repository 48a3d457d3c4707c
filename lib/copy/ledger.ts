import type { Client } from "pg";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { quoteLiteral } from "@/lib/postgres/quote";
import { ASIDE_TABLE } from "./aside";
import { FOUND_TABLE } from "./found";

/**
 * The ledger: schema `_ferry` on the target, one row per unit done. It commits together with what the unit did,
 * so a retry that finds its row does nothing (invariant 2). `epoch` says which snapshot the data belongs to: a
 * unit begun under an older one cannot commit (invariant 3). Large objects are listed with the epoch that
 * made them, so that no other is ever taken for one of these. Dropped when the import ends.
 */
const CREATE = `
  create schema if not exists _ferry;
  create table if not exists _ferry.imports (import_id text primary key, epoch int not null);
  create table if not exists _ferry.ledger (
    import_id text not null,
    unit_id text not null,
    result jsonb,
    done_at timestamptz not null default now(),
    primary key (import_id, unit_id)
  );
  create table if not exists _ferry.large_objects (
    import_id text not null,
    epoch int not null,
    oid oid not null,
    primary key (import_id, oid)
  );
  ${FOUND_TABLE};
  ${ASIDE_TABLE}`;

/** Locks the epoch against a change while the unit works, and takes the unit's row. */
const ENTER = `
  with present as (select 1 from _ferry.imports where import_id = $1 and epoch = $3 for share)
  insert into _ferry.ledger (import_id, unit_id) select $1, $2 from present on conflict do nothing`;

const LOOK_UP = `
  select i.epoch, l.unit_id is not null as done, l.result
    from _ferry.imports i
    left join _ferry.ledger l on l.import_id = i.import_id and l.unit_id = $2
   where i.import_id = $1`;

export const LEDGER_SCHEMA = "_ferry";

export interface LedgerKey {
  importId: string;
  unitId: string;
  epoch: number;
}

export async function createLedger(target: Client, importId: string): Promise<void> {
  await target.query(CREATE);
  await target.query("insert into _ferry.imports (import_id, epoch) values ($1, 1) on conflict do nothing", [importId]);
}

/** Takes one import's records away, and the ledger with them when nobody else has any there. May be repeated. */
export async function leaveLedger(target: Client, importId: string): Promise<void> {
  if (!(await hasLedger(target))) return;
  await target.query("begin");
  // The ledger of an earlier Ferry puts nothing aside.
  await target.query(ASIDE_TABLE);
  for (const table of ["ledger", "large_objects", "found", "aside", "imports"]) {
    await target.query(`delete from _ferry.${table} where import_id = $1`, [importId]);
  }
  const { rows } = await target.query("select 1 from _ferry.imports limit 1");
  if (rows.length === 0) await dropLedger(target);
  await target.query("commit");
}

export async function hasLedger(target: Client): Promise<boolean> {
  const { rows } = await target.query<{ exists: boolean }>("select to_regclass('_ferry.found') is not null as exists");
  return rows[0]?.exists ?? false;
}

export async function dropLedger(target: Client): Promise<void> {
  await target.query(`drop schema if exists ${LEDGER_SCHEMA} cascade`);
}

/**
 * First statement of a unit's transaction. Returns the recorded result when the unit is already done. A second
 * lane with the same unit waits here until the first commits or rolls back, so the work is never done twice.
 */
async function enterLedger<Result>(target: Client, key: LedgerKey): Promise<{ recorded: Result } | null> {
  const { importId, unitId, epoch } = key;
  const entered = await target.query(ENTER, [importId, unitId, epoch]);
  if (entered.rowCount === 1) return null;
  const { rows } = await target.query<{ epoch: number; done: boolean; result: Result }>(LOOK_UP, [importId, unitId]);
  const [row] = rows;
  if (row?.epoch !== epoch) throw new FerryError("snapshot.lost", { epoch });
  // Neither entered nor done: the other transaction rolled back between the two statements.
  return row.done ? { recorded: row.result } : enterLedger(target, key);
}

/** Runs `work` and records its result in one transaction on the target, once whatever the number of calls. */
export async function onceInLedger<Result>(
  target: Client,
  key: LedgerKey,
  work: () => Promise<Result>,
): Promise<Result> {
  await target.query("begin");
  try {
    const done = await enterLedger<Result>(target, key);
    const at = { of: key.unitId, session: target };
    if (!done) await failpoint("ledger.entered", at);
    const result = done ? done.recorded : await work();
    if (!done) await failpoint("ledger.worked", at);
    if (!done) {
      const values = [key.importId, key.unitId, JSON.stringify(result)];
      await target.query("update _ferry.ledger set result = $3 where import_id = $1 and unit_id = $2", values);
    }
    await target.query("commit");
    await failpoint("ledger.committed", at);
    return result;
  } catch (error) {
    // On a lost connection the server rolls back by itself, and this fails as well.
    await target.query("rollback").catch(() => {});
    throw error;
  }
}

/** What is recorded of a unit, or null when it is not done. Waits for nobody. */
export async function recordedIn<Result>(target: Client, key: LedgerKey): Promise<{ recorded: Result } | null> {
  const { rows } = await target.query<{ epoch: number; done: boolean; result: Result }>(LOOK_UP, [
    key.importId,
    key.unitId,
  ]);
  const [row] = rows;
  if (row?.epoch !== key.epoch) throw new FerryError("snapshot.lost", { epoch: key.epoch });
  return row.done ? { recorded: row.result } : null;
}

/** What a statement in a ledger's script is refused with when the unit is done already, or the epoch is over. */
export const NOT_TAKEN = "FY001";

/** For such a script: a statement that makes what an expression gives the result of the unit. */
export function recordStatement({ importId, unitId }: Pick<LedgerKey, "importId" | "unitId">, json: string): string {
  const [id, unit] = [importId, unitId].map(quoteLiteral);
  return `update _ferry.ledger set result = ${json} where import_id = ${id} and unit_id = ${unit}`;
}

/** The same as `onceInLedger` in one message, for a sender that may not be there any more when it is done. */
export function ledgerScript({ importId, unitId, epoch }: LedgerKey, statements: string, result: unknown): string {
  const [id, unit, recorded] = [importId, unitId, JSON.stringify(result)].map(quoteLiteral);
  return `
    begin;
    do $ferry$ begin
      insert into _ferry.ledger (import_id, unit_id, result) select ${id}, ${unit}, ${recorded}
        from (select from _ferry.imports where import_id = ${id} and epoch = ${epoch} for share) as present
        on conflict do nothing;
      if not found then raise sqlstate '${NOT_TAKEN}' using message = 'done already'; end if;
    end $ferry$;
    ${statements}
    ;
    commit`;
}
