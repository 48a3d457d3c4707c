import type { Client } from "pg";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { quoteLiteral, quoteQualified } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";

/** What a database holds, as far as a copy must hold it too. */
export interface Contents {
  /** Rows by table and materialized view. */
  rows: Record<string, number>;
  /** How many objects there are of each kind: an index that is not valid and a key that was not validated do not count. */
  objects: Record<string, number>;
}

const OWN = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'";

const RELATIONS = `
  select n.nspname as schema, c.relname as name
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where ${OWN} and c.relkind in ('r', 'm')
   order by 1, 2`;

/** Newer servers also list NOT NULL among the constraints. */
const OBJECTS = `
  select 'indexes' as kind, count(*)::int as count
    from pg_catalog.pg_index i
    join pg_catalog.pg_class c on c.oid = i.indexrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where ${OWN} and i.indisvalid
  union all
  select 'constraints', count(*)::int
    from pg_catalog.pg_constraint o
    join pg_catalog.pg_namespace n on n.oid = o.connamespace
   where ${OWN} and o.convalidated and o.contype <> 'n'
  union all
  select 'triggers', count(*)::int from pg_catalog.pg_trigger where not tgisinternal
  union all
  select 'views and sequences', count(*)::int
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where ${OWN} and c.relkind in ('v', 'S')`;

const TABLES_PER_QUERY = 200;

export const readContents = (spec: ConnectionSpec): Promise<Contents> =>
  withSession(spec, { side: "metadata", name: "ferry bench" }, async (client) => ({
    rows: await countRows(client),
    objects: Object.fromEntries(
      (await client.query<{ kind: string; count: number }>(OBJECTS)).rows.map(({ kind, count }) => [kind, count]),
    ),
  }));

async function countRows(client: Client): Promise<Record<string, number>> {
  const { rows: relations } = await client.query<{ schema: string; name: string }>(RELATIONS);
  const selects = relations.map(
    ({ schema, name }) =>
      `select ${quoteLiteral(`${schema}.${name}`)} as name, count(*)::float8 as count from ${quoteQualified(schema, name)}`,
  );
  const counts: Record<string, number> = {};
  for (let at = 0; at < selects.length; at += TABLES_PER_QUERY) {
    const sql = selects.slice(at, at + TABLES_PER_QUERY).join("\nunion all\n");
    for (const { name, count } of (await client.query<{ name: string; count: number }>(sql)).rows) counts[name] = count;
  }
  return counts;
}

/** Pure. What a copy lacks or has too much of, in sentences. */
export function differences(source: Contents, target: Contents): string[] {
  return [
    ...compare(source.rows, target.rows, (name) => `rows of ${name}`),
    ...compare(source.objects, target.objects, (kind) => kind),
  ];
}

function compare(source: Record<string, number>, target: Record<string, number>, words: (key: string) => string) {
  const keys = [...new Set([...Object.keys(source), ...Object.keys(target)])];
  return keys
    .filter((key) => source[key] !== target[key])
    .map((key) => `${words(key)}: source ${source[key] ?? "none"}, target ${target[key] ?? "none"}`);
}
