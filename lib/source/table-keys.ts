import type { Client } from "pg";
import { quoteIdentifier, quoteQualified } from "@/lib/postgres/quote";

/** Types whose order is the same on every machine: no collation, no version of a library decides it. */
export const keyTypes = ["int2", "int4", "int8", "uuid", "date", "timestamp", "timestamptz"] as const;

export type KeyType = (typeof keyTypes)[number];

/** The column that a table's rows are told apart by in ranges. It is never null, and an index leads with it. */
export interface TableKey {
  column: string;
  type: KeyType;
  /** What the statistics know of its distribution, as texts that every session reads alike. May be of another day. */
  bounds: string[];
}

/**
 * The best key of each table: one with statistics before one without, then the primary key, then a unique one.
 * The bounds go through JSON, which writes times in one way whatever the session's DateStyle is.
 */
const KEYS = `
  select t.oid::float8 as oid, n.nspname as schema, c.relname as name, k.column, k.type, k.bounds
    from unnest($1::int8[]) as t (oid)
    join pg_catalog.pg_class c on c.oid = t.oid::oid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join lateral (
         select a.attname as column, y.typname as type,
                coalesce((select json_agg(b) from jsonb_array_elements_text(to_jsonb(s.histogram_bounds)) b), '[]') as bounds
           from pg_catalog.pg_index i
           join pg_catalog.pg_class x on x.oid = i.indexrelid
           join pg_catalog.pg_am m on m.oid = x.relam and m.amname = 'btree'
           join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] and a.attnotnull
           join pg_catalog.pg_type y on y.oid = a.atttypid
            and y.typnamespace = 'pg_catalog'::regnamespace and y.typname = any ($2)
           left join pg_catalog.pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname
                                          and s.attname = a.attname and not s.inherited
          where i.indrelid = c.oid and i.indisvalid and i.indpred is null
          order by s.histogram_bounds is null, not i.indisprimary, not i.indisunique, i.indexrelid
          limit 1) k on true`;

/** Tables without a key that serves are not in the answer. Where the statistics are silent, the bounds are its ends. */
export async function readTableKeys(client: Client, oids: number[]): Promise<Map<number, TableKey>> {
  if (oids.length === 0) return new Map();
  const { rows } = await client.query<TableKey & KeyedTable>(KEYS, [oids, keyTypes]);
  const keys = new Map<number, TableKey>();
  for (const { oid, column, type, bounds, ...table } of rows) {
    const known = bounds.length > 1 ? bounds : Object.values((await readKeyEdges(client, table, column)) ?? {});
    keys.set(oid, { column, type, bounds: known });
  }
  return keys;
}

interface KeyedTable {
  oid: number;
  schema: string;
  name: string;
}

export interface KeyEdges {
  least: string;
  most: string;
}

/** Where a key begins and ends among the rows that meet the condition: two looks into an index. Null without rows. */
export async function readKeyEdges(
  client: Client,
  table: { schema: string; name: string },
  column: string,
  condition = "true",
): Promise<KeyEdges | null> {
  const key = quoteIdentifier(column);
  // Not min() and max(), which uuid has from 18 on only.
  const end = (order: string) => `(
    select to_jsonb(${key})#>>'{}' from only ${quoteQualified(table.schema, table.name)}
     where ${condition} order by ${key} ${order} limit 1)`;
  const { rows } = await client.query<{ least: string | null; most: string | null }>(
    `select ${end("asc")} as least, ${end("desc")} as most`,
  );
  const { least = null, most = null } = rows[0] ?? {};
  return least === null || most === null ? null : { least, most };
}
