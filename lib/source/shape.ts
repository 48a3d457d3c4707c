import type { Client } from "pg";
import { USER_RELATION } from "./inventory-sql";

/** A relation as far as rows are to be loaded into it, or come from it. */
export interface ShapeTable {
  oid: number;
  schema: string;
  name: string;
  /** As in `pg_class.relkind`: r, p, v, m or f. */
  kind: string;
  columns: ShapeColumn[];
  /** The tables that it is a partition of, the nearest first. */
  ancestors: { schema: string; name: string }[];
  /** This role owns it, or is a member of the role that does. */
  owned: boolean;
  /** Row security applies to this role. */
  rowsHidden: boolean;
}

export interface ShapeColumn {
  name: string;
  /** As `format_type` writes it, with the schema of what is not Postgres' own. */
  type: string;
  generated: boolean;
  /** It may not be null, and nothing but a row gives it a value. */
  needed: boolean;
}

export interface ShapeSequence {
  schema: string;
  name: string;
  lowest: string;
  highest: string;
  owned: boolean;
  /** The column that it belongs to. */
  column: { schema: string; table: string; name: string } | null;
}

export interface Shape {
  tables: ShapeTable[];
  sequences: ShapeSequence[];
}

/** For 10 to 18. */
const tablesSql = (major: number): string => `
  select c.oid::int8::float8 as oid, n.nspname as schema, c.relname as name, c.relkind::text as kind,
         pg_has_role(c.relowner, 'usage') as owned,
         c.relrowsecurity and not r.bypasses
           and (c.relforcerowsecurity or not pg_has_role(c.relowner, 'usage')) as "rowsHidden",
         coalesce(columns.list, '[]'::json) as columns,
         case when c.relispartition then (
           with recursive above as (
             select i.inhparent as oid, 1 as level from pg_catalog.pg_inherits i where i.inhrelid = c.oid
             union all
             select i.inhparent, above.level + 1
               from above
               join pg_catalog.pg_class p on p.oid = above.oid and p.relispartition
               join pg_catalog.pg_inherits i on i.inhrelid = above.oid)
           select json_agg(json_build_object('schema', pn.nspname, 'name', p.relname) order by above.level)
             from above
             join pg_catalog.pg_class p on p.oid = above.oid
             join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace)
         else '[]'::json end as ancestors
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join (select rolbypassrls or rolsuper as bypasses from pg_catalog.pg_roles where rolname = current_user) r on true
    left join lateral (
         select json_agg(json_build_object(
                  'name', a.attname, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
                  'generated', ${major >= 12 ? "a.attgenerated <> ''" : "false"},
                  'needed', (a.attnotnull or (t.typtype = 'd' and t.typnotnull)) and not a.atthasdef
                            and a.attidentity = '' and t.typdefault is null) order by a.attnum) as list
           from pg_catalog.pg_attribute a
           join pg_catalog.pg_type t on t.oid = a.atttypid
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) columns on true
   where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${USER_RELATION}
   order by c.oid`;

const SEQUENCES_SQL = `
  select n.nspname as schema, c.relname as name, s.seqmin::text as lowest, s.seqmax::text as highest,
         pg_has_role(c.relowner, 'usage') as owned,
         (select json_build_object('schema', tn.nspname, 'table', t.relname, 'name', a.attname)
            from pg_catalog.pg_depend d
            join pg_catalog.pg_class t on t.oid = d.refobjid
            join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
           where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
             and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
           limit 1) as "column"
    from pg_catalog.pg_sequence s
    join pg_catalog.pg_class c on c.oid = s.seqrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where ${USER_RELATION}
   order by 1, 2`;

/** What tables and sequences look like. `_ferry`, the ledger's schema, is for the caller to leave aside. */
export async function readShape(client: Client): Promise<Shape> {
  return withPlainNames(client, async () => {
    const version = await client.query<{ major: number }>(
      "select current_setting('server_version_num')::int / 10000 as major",
    );
    const tables = await client.query<ShapeTable>(tablesSql(version.rows[0]?.major ?? 0));
    const sequences = await client.query<ShapeSequence>(SEQUENCES_SQL);
    return { tables: tables.rows, sequences: sequences.rows };
  });
}

/** The catalogue's functions leave out the schemas that are on the search path: here there is none. */
export async function withPlainNames<T>(client: Client, work: () => Promise<T>): Promise<T> {
  const { rows } = await client.query<{ path: string }>(
    "select pg_catalog.current_setting('search_path') as path, pg_catalog.set_config('search_path', '', false)",
  );
  const done = await work();
  await client.query("select pg_catalog.set_config('search_path', $1, false)", [rows[0]?.path ?? ""]);
  return done;
}
