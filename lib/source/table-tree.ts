import type { Client } from "pg";
import { readTableFacts, type TableFacts } from "./facts/tables";
import { USER_RELATION } from "./inventory-sql";

/** A table as somebody chooses it: with all of its partitions, where it has some. */
export interface TreeTable {
  name: string;
  /** As the server last counted them; null where it never has. */
  rows: number | null;
  /** Without indexes. */
  bytes: number;
  partitions: number;
}

export interface TreeSchema {
  name: string;
  tables: TreeTable[];
}

/** What an extension has made belongs to it. */
const SCHEMAS_SQL = `
  select n.nspname as name
    from pg_catalog.pg_namespace n
   where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
     and not exists (select 1 from pg_catalog.pg_depend d
                      where d.classid = 'pg_catalog.pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e')`;

/** Tables that hold no rows themselves: one without a partition would be missing otherwise. */
const PARTITIONED_SQL = `
  select n.nspname as schema, c.relname as name
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'p' and not c.relispartition and ${USER_RELATION}`;

/** All schemas and tables of the source, by name. Four questions, whatever its size. */
export async function readTableTree(client: Client): Promise<TreeSchema[]> {
  const schemas = await client.query<{ name: string }>(SCHEMAS_SQL);
  const partitioned = await client.query<{ schema: string; name: string }>(PARTITIONED_SQL);
  return growTree(
    schemas.rows.map(({ name }) => name),
    partitioned.rows,
    await readTableFacts(client),
  );
}

type TreeFacts = Pick<TableFacts, "schema" | "name" | "estimatedRows" | "bytes" | "ancestors">;

/** An empty file has never been counted either, and needs no count. */
const countOf = ({ estimatedRows, bytes }: TreeFacts): number | null =>
  estimatedRows === 0 && bytes > 0 ? null : estimatedRows;

/** Partitions count for the table at their top. Pure. */
export function growTree(
  schemas: readonly string[],
  partitioned: readonly { schema: string; name: string }[],
  facts: readonly TreeFacts[],
): TreeSchema[] {
  const tree = new Map(schemas.map((schema) => [schema, new Map<string, TreeTable>()]));
  const tableOf = ({ schema, name }: { schema: string; name: string }): TreeTable => {
    const tables = tree.get(schema) ?? new Map<string, TreeTable>();
    tree.set(schema, tables);
    const table = tables.get(name) ?? { name, rows: 0, bytes: 0, partitions: 0 };
    tables.set(name, table);
    return table;
  };
  for (const parent of partitioned) tableOf(parent);
  for (const fact of facts) {
    const top = fact.ancestors?.at(-1);
    const table = tableOf(top ?? fact);
    const rows = countOf(fact);
    table.rows = table.rows === null || rows === null ? null : table.rows + rows;
    table.bytes += fact.bytes;
    if (top) table.partitions += 1;
  }
  return [...tree].map(([name, tables]) => ({ name, tables: [...tables.values()].sort(byName) })).sort(byName);
}

/** The same order on every machine. */
const byName = (one: { name: string }, other: { name: string }): number =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
