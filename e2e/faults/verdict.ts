import { setTimeout as sleep } from "node:timers/promises";
import { digests, ferrySessions, query } from "@/e2e/imports/scene";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import type { Arena } from "./arena";
import type { Stage } from "./stage";

/** The last keeper leaves by itself, and a server looks for a client that was killed once a second. */
const ALONE_LIMIT_MS = 15_000;
const POLL_MS = 50;

const OURS = "!~ '^(pg_|information_schema$)'";

const TABLES = `
  select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'm') and n.nspname ${OURS} order by 1`;

/** All but rows, one line per thing. From 18 on, NOT NULL is a constraint, on the newer side only. */
const AROUND_THE_ROWS = `
  select 'schema ' || nspname as what, '' as is from pg_namespace where nspname ${OURS}
  union all select 'sequence ' || schemaname || '.' || sequencename,
                   concat_ws(' ', start_value, min_value, max_value, increment_by, cycle, last_value) from pg_sequences
  union all select 'index ' || schemaname || '.' || indexname, indexdef from pg_indexes where schemaname ${OURS}
  union all select 'constraint ' || conrelid::regclass || ' ' || conname,
                   pg_get_constraintdef(c.oid) || ' ' || convalidated
              from pg_constraint c join pg_namespace n on n.oid = connamespace
             where contype <> 'n' and nspname ${OURS}
  union all select 'trigger ' || tgrelid::regclass || ' ' || tgname, pg_get_triggerdef(oid)
              from pg_trigger where not tgisinternal
  union all select 'large object ' || oid, md5(lo_get(oid)) || ' ' || coalesce(obj_description(oid, 'pg_largeobject'), '')
              from pg_largeobject_metadata`;

/** Everything that must be the same on both sides, by name. */
async function contents(spec: ConnectionSpec): Promise<Record<string, string>> {
  const tables = (await query<{ name: string }>(spec, TABLES)).map(({ name }) => name);
  const around = await query<{ what: string; is: string }>(spec, AROUND_THE_ROWS);
  return { ...(await digests(spec, tables)), ...Object.fromEntries(around.map(({ what, is }) => [what, is])) };
}

/** Pure. */
export function differencesOf(source: Record<string, string>, target: Record<string, string>): string[] {
  const names = [...new Set([...Object.keys(source), ...Object.keys(target)])].sort();
  return names
    .filter((name) => source[name] !== target[name])
    .map((name) => `${name}: ${source[name] ?? "absent"} on the source, ${target[name] ?? "absent"} on the target`);
}

/** Rows ever written in the source's database, the catalogue's included; sessions that are open have not told yet. */
export async function rowsWritten({ source }: Arena, { spec }: { spec: ConnectionSpec }): Promise<number> {
  const sql = "select (tup_inserted + tup_updated + tup_deleted)::int as rows from pg_stat_database where datname = $1";
  const [row] = await query<{ rows: number }>(source.superuser, sql, [spec.database]);
  if (!row) throw new Error("The source's database has gone.");
  return row.rows;
}

/** What is wrong after an import that says that it succeeded; empty when nothing is. */
export async function wrongs(arena: Arena, stage: Stage, writtenBefore: number): Promise<string[]> {
  const { source, target, slot, importId } = stage;
  const found: string[] = [];
  const { status, verification } = await slot.engine.ask({ verb: "view", id: importId });
  if (status !== "succeeded" || verification.status !== "equal") {
    found.push(`it ended ${status}, verified ${verification.status} ${JSON.stringify(verification.differences)}`);
  }
  const unfinished = await slot.ask<{ id: string; state: string }>(
    "select id, state from units where import_id = $1 and state <> 'done' order by id",
    [importId],
  );
  found.push(...unfinished.map(({ id, state }) => `unit ${id} is ${state}`));
  const sessions = await lastSessions(stage);
  found.push(...sessions.map((name) => `a session is still there: ${name}`));
  const written = (await rowsWritten(arena, source)) - writtenBefore;
  if (written !== 0) found.push(`${written} rows were written on the source`);
  found.push(...differencesOf(await contents(source.spec), await contents(target.spec)));
  return found;
}

const SEALED = "select side from credentials where import_id = $1 and sealed is not null order by side";
const LEDGER = "select nspname from pg_namespace where nspname = '_ferry'";

/** The same for one that was cancelled: what has arrived stays, nobody is at work, and nothing of Ferry's is left. */
export async function wrongsOfCancelled(arena: Arena, stage: Stage, writtenBefore: number): Promise<string[]> {
  const { status } = await stage.slot.engine.ask({ verb: "view", id: stage.importId });
  const found = status === "cancelled" ? [] : [`it ended ${status}`];
  found.push(...(await lastSessions(stage)).map((name) => `a session is still there: ${name}`));
  // The last step of the clean-up wipes them.
  found.push(...(await lastPasswords(stage)).map((side) => `the password of the ${side} is still there`));
  if ((await query(stage.target.spec, LEDGER)).length > 0) found.push("the ledger is still there");
  const written = (await rowsWritten(arena, stage.source)) - writtenBefore;
  return written === 0 ? found : [...found, `${written} rows were written on the source`];
}

async function lastPasswords({ slot, importId }: Stage): Promise<string[]> {
  for (const deadline = Date.now() + ALONE_LIMIT_MS; ; await sleep(POLL_MS)) {
    const sides = (await slot.ask<{ side: string }>(SEALED, [importId])).map(({ side }) => side);
    if (sides.length === 0 || Date.now() > deadline) return sides;
  }
}

async function lastSessions({ source, target }: Stage): Promise<string[]> {
  for (const deadline = Date.now() + ALONE_LIMIT_MS; ; await sleep(POLL_MS)) {
    const sessions = (await Promise.all([ferrySessions(source.spec), ferrySessions(target.spec)])).flat();
    if (sessions.length === 0 || Date.now() > deadline) return sessions;
  }
}
