import type { Client } from "pg";
import { failpoint } from "@/lib/failpoints";
import { quoteIdentifier, quoteQualified } from "@/lib/postgres/quote";
import { clearAside, findAside } from "./aside";

/**
 * Constraints that the import has made after the data and that would refuse it now: foreign keys, and checks and NOT
 * NULLs that are not valid because older rows break them.
 */
const CONSTRAINTS = `
  select n.nspname as schema, c.relname as name, k.conname as "constraint"
    from pg_catalog.pg_constraint k
    join pg_catalog.pg_class c on c.oid = k.conrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where ((k.contype = 'f' and k.conparentid = 0) or (k.contype in ('c', 'n') and not k.convalidated and k.coninhcount = 0))
     and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'`;

/** What stays when data is read again: the structure that does not refuse it. */
const KEEP = "unit_id like 'schema:%' or unit_id like 'index:%' or unit_id in ('attach', 'definitions')";

/**
 * Empties the tables and forgets what was done with data, in one transaction. It waits for units under way, and no
 * unit begun under the old epoch can commit afterwards. Doing it twice is the same as once. Large objects are left to
 * the units that bring them again: to unlink them all at once would take a lock for each. Where tables and constraints
 * are the target's own (`null`), only what the import has put aside is touched, and nothing before it has.
 */
export async function changeEpoch(
  target: Client,
  importId: string,
  epoch: number,
  tables: { schema: string; name: string }[] | null,
): Promise<void> {
  await target.query("begin");
  const changed = await target.query("update _ferry.imports set epoch = $2 where import_id = $1 and epoch < $2", [
    importId,
    epoch,
  ]);
  if (changed.rowCount === 1) {
    await failpoint("change.raised", { session: target });
    if (tables === null) {
      const aside = await findAside(target, importId);
      if (aside) await clearAside(target, aside);
    } else await clearMade(target, tables);
    await failpoint("change.emptied", { session: target });
    await target.query(`delete from _ferry.ledger where import_id = $1 and not (${KEEP})`, [importId]);
  }
  await target.query("commit");
}

/** What the import has made after the data, and the data. */
async function clearMade(target: Client, tables: { schema: string; name: string }[]): Promise<void> {
  const constraints = await target.query<{ schema: string; name: string; constraint: string }>(CONSTRAINTS);
  for (const key of constraints.rows) {
    const table = quoteQualified(key.schema, key.name);
    await target.query(`alter table ${table} drop constraint ${quoteIdentifier(key.constraint)}`);
  }
  await failpoint("change.constraints-dropped", { session: target });
  if (await hasTables(target, tables)) {
    const names = tables.map((table) => quoteQualified(table.schema, table.name));
    await target.query(`truncate only ${names.join(", ")}`);
  }
}

/** The schema may not have been made yet when the snapshot was lost: then there is nothing to empty. */
async function hasTables(target: Client, tables: { schema: string; name: string }[]): Promise<boolean> {
  if (tables.length === 0) return false;
  const names = tables.map((table) => quoteQualified(table.schema, table.name));
  const { rows } = await target.query<{ present: boolean }>(
    "select bool_and(to_regclass(name) is not null) as present from unnest($1::text[]) as t (name)",
    [names],
  );
  return rows[0]?.present ?? false;
}
