import type { Client } from "pg";
import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import {
  type Aside,
  type AsideKey,
  disableTrigger,
  dropKey,
  keyStatements,
  restoreTrigger,
} from "@/lib/plan/data-only/aside";
import { formatTableName } from "@/lib/plan/table-name";
import { findFilled } from "@/lib/postgres/find-filled";
import { quoteQualified } from "@/lib/postgres/quote";
import { isConnectionLost, isInterrupted, isTransient, sqlstateOf } from "@/lib/postgres/sqlstate";

/** On the target too: whoever has nothing but the target can put back what its import has put aside. */
export const ASIDE_TABLE = `
  create table if not exists _ferry.aside (import_id text primary key, things jsonb not null)`;

/**
 * Puts aside what would refuse or change rows, in the caller's transaction, which records it. Under its locks all is
 * looked at once more, since the plan may be of another day: rows that have come since are not the import's, and stop it,
 * and so does what is not as it was. `findChanged` names the first such thing.
 */
export async function putAside(
  target: Client,
  importId: string,
  aside: Aside,
  findChanged: () => Promise<string | null>,
): Promise<void> {
  const { tables, keys, triggers } = aside;
  if (tables.length > 0) await target.query(`lock table ${namesOf(tables)} in access exclusive mode`);
  const [filled] = await findFilled(target, tables);
  if (filled) throw changed(`table ${formatTableName(filled)}`, "has rows, and had none when it was checked");
  const [taken] = await takenByOthers(target, aside);
  if (taken) throw changed(`table ${taken}`, "is being filled by another import");
  const other = await findChanged();
  if (other) throw changed(other, "is not as it was when it was checked");
  await target.query("insert into _ferry.aside (import_id, things) values ($1, $2)", [importId, JSON.stringify(aside)]);
  for (const statement of [...keys.map(dropKey), ...triggers.map(disableTrigger)]) await target.query(statement);
}

const changed = (subject: string, reason: string) => new FerryError("target.changed", { subject, reason });

/** Tables that another import is at: the locks keep two from beginning at once. */
async function takenByOthers(target: Client, { tables }: Aside): Promise<string[]> {
  const { rows } = await target.query<{ things: Aside }>("select things from _ferry.aside");
  const taken = new Set(rows.flatMap(({ things }) => things.tables.map(formatTableName)));
  return tables.map(formatTableName).filter((name) => taken.has(name));
}

/** What an import has put aside, or null where it has not, or not yet. */
export async function findAside(target: Client, importId: string): Promise<Aside | null> {
  const there = await target.query<{ there: boolean }>("select to_regclass('_ferry.aside') is not null as there");
  if (!there.rows[0]?.there) return null;
  const { rows } = await target.query<{ things: Aside }>("select things from _ferry.aside where import_id = $1", [
    importId,
  ]);
  return rows[0]?.things ?? null;
}

/** For another copy: the keys go, where they have come back already. Triggers come back last of all. */
export async function clearAside(target: Client, { tables, keys }: Aside): Promise<void> {
  for (const key of keys) await target.query(dropKey(key));
  if (tables.length > 0) await target.query(`truncate only ${namesOf(tables)}`);
}

/** A statement of those that put things back that was refused, in the server's words. */
export interface RefusedReturn {
  statement: string;
  reason: string;
}

export interface Returned {
  aside: Aside;
  refused: RefusedReturn[];
}

/** Somebody may be at one of the tables. */
const LOCK_TIMEOUT = "set lock_timeout = '10s'";

/**
 * Puts everything back that is not back yet; null where nothing was put aside. With `empty` the import's rows go first.
 * May be repeated.
 */
export async function putBack(target: Client, importId: string, empty: boolean): Promise<Returned | null> {
  const aside = await findAside(target, importId);
  if (!aside) return null;
  await target.query(LOCK_TIMEOUT);
  if (empty) await emptyOnce(target, importId, aside);
  const refused: RefusedReturn[] = [];
  const standing = await keysThere(target, aside.keys);
  for (const [place, key] of aside.keys.entries()) {
    const [add = "", ...rest] = keyStatements(key);
    for (const statement of standing[place] ? rest : [add, ...rest]) {
      const refusal = await tryTo(target, statement);
      if (refusal) refused.push(refusal);
    }
  }
  for (const trigger of aside.triggers) {
    const refusal = await tryTo(target, restoreTrigger(trigger));
    if (refusal) refused.push(refusal);
  }
  return { aside, refused };
}

/** Keys may be back in part: emptying takes them away, and they come back after it. Later rows are somebody else's. */
async function emptyOnce(target: Client, importId: string, aside: Aside): Promise<void> {
  await target.query("begin");
  await clearAside(target, aside);
  await target.query("update _ferry.aside set things = things || '{\"tables\": []}' where import_id = $1", [importId]);
  await target.query("commit");
}

/** Of each whether there is a constraint of its name. */
async function keysThere(target: Client, keys: readonly AsideKey[]): Promise<boolean[]> {
  const { rows } = await target.query<{ there: boolean }>(
    `select k.oid is not null as there
       from unnest($1::text[], $2::text[]) with ordinality as wanted (relation, name, place)
       left join pg_catalog.pg_constraint k
         on k.conrelid = pg_catalog.to_regclass(wanted.relation) and k.conname = wanted.name
      order by wanted.place`,
    [keys.map(({ schema, table }) => quoteQualified(schema, table)), keys.map(({ name }) => name)],
  );
  return rows.map(({ there }) => there);
}

async function tryTo(target: Client, statement: string): Promise<RefusedReturn | null> {
  try {
    await target.query(statement);
    return null;
  } catch (error) {
    // What may go well the next time is for who tries again.
    if (sqlstateOf(error) === null || isConnectionLost(error) || isTransient(error) || isInterrupted(error))
      throw error;
    return { statement, reason: messageOf(error) };
  }
}

/** In one order, so that two who lock them cannot lock each other out. */
const namesOf = (tables: Aside["tables"]): string =>
  tables
    .map(({ schema, name }) => quoteQualified(schema, name))
    .sort()
    .join(", ");
