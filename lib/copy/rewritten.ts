import type { Client } from "pg";
import { FerryError } from "@/lib/errors/ferry-error";
import type { TableRef } from "@/lib/plan/unit";
import { quoteQualified } from "@/lib/postgres/quote";

/**
 * Tables whose file is another than the snapshot knows. TRUNCATE and most rewrites take no heed of older snapshots,
 * which then see no rows, and any rewrite moves rows between pages. pg_class is read under the snapshot,
 * pg_relation_filenode() tells the present, by the name that COPY went by.
 */
const REWRITTEN = `
  select c.oid::int8::float8 as oid
    from unnest($1::int8[], $2::text[]) as t (oid, name)
    join pg_catalog.pg_class c on c.oid = t.oid::oid
   where c.relfilenode is distinct from pg_relation_filenode(to_regclass(t.name))`;

/**
 * To be asked in the transaction that has read the tables: their locks keep them as they are until it ends, so that
 * what was read before is of the snapshot if nothing is found now.
 */
export async function findRewritten<Table extends TableRef>(
  source: Client,
  tables: readonly Table[],
): Promise<Table[]> {
  const names = tables.map(({ schema, name }) => quoteQualified(schema, name));
  const { rows } = await source.query<{ oid: number }>(REWRITTEN, [tables.map(({ oid }) => oid), names]);
  const found = new Set(rows.map(({ oid }) => oid));
  return tables.filter(({ oid }) => found.has(oid));
}

export async function refuseRewritten(source: Client, tables: TableRef[]): Promise<void> {
  const [found] = await findRewritten(source, tables);
  if (found) throw new FerryError("source.table_rewritten", { subject: `${found.schema}.${found.name}` });
}
