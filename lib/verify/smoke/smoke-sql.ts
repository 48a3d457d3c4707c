import { quoteIdentifier, quoteQualified } from "@/lib/postgres/quote";

export const ROWS_PER_TABLE = 5;
/** As it is stored: a longer value is not looked at. */
const LONGEST_VALUE_BYTES = 64 * 1024;
/** A text key is sorted by its bytes, since collations differ between servers; no index helps, so only for so much. */
const TEXT_KEY_BYTES = 32 * 1024 * 1024;

export interface SmokeTable {
  schema: string;
  name: string;
  columns: string[];
  key: SmokeKey;
}

export type SmokeKey = { name: string; isText: boolean }[];

/** How values are written is a setting of each session; both sides write alike, whatever their versions. */
export const SAME_WORDS = `
  set local search_path = pg_catalog; set local datestyle = 'ISO, YMD'; set local intervalstyle = postgres;
  set local timezone = 'UTC'; set local extra_float_digits = 0; set local bytea_output = hex; set local lc_monetary = 'C';`;

/**
 * For each table that is asked for, the columns of its primary key, or else of another that is never null; null where the
 * rows cannot be put in an order that is the same on every server. On 10 to 18.
 */
export const keysSql = (major: number): string => `
  select t.position::int as position,
         (select json_agg(json_build_object('name', a.attname, 'isText', y.typname in ('text', 'varchar', 'bpchar')) order by k.place)
            from unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
            join pg_catalog.pg_type y on y.oid = a.atttypid
           where k.place <= ${major >= 11 ? "i.indnkeyatts" : "i.indnatts"}) as key
    from unnest($1::text[], $2::text[]) with ordinality as t (schema, name, position)
    join pg_catalog.pg_namespace n on n.nspname = t.schema
    join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = t.name
    join lateral (
         select i.* from pg_catalog.pg_index i
          where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indimmediate
            and i.indpred is null and i.indexprs is null
            and not exists (
                select 1 from unnest(i.indkey::int2[]) as k (attnum)
                  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
                  join pg_catalog.pg_type y on y.oid = a.atttypid
                 where not a.attnotnull or y.typnamespace <> 'pg_catalog'::regnamespace
                    or y.typname not in ('int2', 'int4', 'int8', 'uuid', 'date', 'timestamp', 'timestamptz', 'text', 'varchar', 'bpchar')
                    or (y.typname in ('text', 'varchar', 'bpchar')
                        and pg_catalog.pg_relation_size(c.oid) > ${TEXT_KEY_BYTES}))
          order by not i.indisprimary, i.indnatts, i.indexrelid limit 1) i on true`;

/** The first rows of a table in the order of its key, as a digest for each column: no value leaves its server. */
export function firstRowsSql({ schema, name, columns, key }: SmokeTable, position: number): string {
  const digests = columns.map((column) => {
    const value = `r.${quoteIdentifier(column)}`;
    return `case when ${value} is null then 'null' when pg_column_size(${value}) > ${LONGEST_VALUE_BYTES} then 'long'
                 else md5(convert_to(${value}::text, 'UTF8')) end`;
  });
  const order = key
    .map(({ name: column, isText }) => quoteIdentifier(column) + (isText ? ' collate "C"' : ""))
    .join(", ");
  return `(select ${position} as position, row_number() over (order by ${order})::int as row, array[${digests.join(", ")}]::text[] as digests
             from (select * from only ${quoteQualified(schema, name)} order by ${order} limit ${ROWS_PER_TABLE}) as r)`;
}
