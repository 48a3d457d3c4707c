import type { Client } from "pg";
import { USER_RELATION } from "../inventory-sql";

/** A table as checks look at it: one that holds rows itself, so a partition but not its parent. */
export interface TableFacts {
  schema: string;
  name: string;
  estimatedRows: number;
  /** Heap and TOAST, without indexes. Beyond the largest tables, and where one is locked, as the server last counted. */
  bytes: number;
  toastBytes: number;
  /** As the server last counted. */
  indexBytes: number;
  indexes: number;
  readable: boolean;
  schemaUsable: boolean;
  /** Row security applies to this role, unless it may bypass it: to an owner only where it is forced. */
  rowsHidden: boolean;
  unlogged: boolean;
  hasPrimaryKey: boolean;
  /** The tables that it is a partition of, the nearest first; null or absent where it is none. */
  ancestors?: { schema: string; name: string }[] | null;
}

/** Measuring one opens it and looks at its files: on a database with 20,000 of them that takes seconds. */
const MEASURED = 500;

/**
 * Measuring waits for a table that somebody has locked for himself, or waits to lock: such a table is not measured.
 * Never counted tables have no pages yet, so the statistics say which of them are large.
 */
const TABLE_FACTS_SQL = `
  with counted as (
    select c.oid, n.nspname, n.usable, c.relname, c.relowner, c.reltuples, c.relrowsecurity,
           c.relforcerowsecurity, c.relpersistence, c.relispartition, c.relpages::float8 as pages, coalesce(t.relpages, 0)::float8 as toast_pages,
           row_number() over (order by greatest(c.relpages + coalesce(t.relpages, 0),
                                                pg_stat_get_live_tuples(c.oid) / 50) desc, c.oid) as place,
           c.oid = any (array(select l.relation from pg_catalog.pg_locks l
                               where l.mode = 'AccessExclusiveLock' and l.locktype = 'relation')) as locked
      from pg_catalog.pg_class c
      join (select oid, nspname, has_schema_privilege(oid, 'usage') as usable from pg_catalog.pg_namespace offset 0) n
        on n.oid = c.relnamespace
      left join pg_catalog.pg_class t on t.oid = c.reltoastrelid
     where c.relkind = 'r' and ${USER_RELATION}
  ), sized as (
    select counted.*,
           case when place <= ${MEASURED} and not locked then coalesce(pg_table_size(oid), 0)::float8
                else (pages + toast_pages) * current_setting('block_size')::int end as bytes
      from counted
  )
  select s.oid::int8::float8 as oid, s.nspname as schema, s.relname as name,
         greatest(s.reltuples, 0)::float8 as "estimatedRows", s.bytes,
         s.toast_pages * current_setting('block_size')::int as "toastBytes",
         s.relrowsecurity and (s.relforcerowsecurity or not pg_has_role(s.relowner, 'usage')) as "rowsHidden",
         s.relpersistence = 'u' as unlogged,
         s.usable as "schemaUsable",
         case when s.relispartition then (
           with recursive above as (
             select i.inhparent as oid, 1 as level from pg_catalog.pg_inherits i where i.inhrelid = s.oid
             union all
             select i.inhparent, above.level + 1
               from above
               join pg_catalog.pg_class p on p.oid = above.oid and p.relispartition
               join pg_catalog.pg_inherits i on i.inhrelid = above.oid)
           select json_agg(json_build_object('schema', n.nspname, 'name', p.relname) order by above.level)
             from above
             join pg_catalog.pg_class p on p.oid = above.oid
             join pg_catalog.pg_namespace n on n.oid = p.relnamespace) end as ancestors,
         has_table_privilege(s.oid, 'select') as readable
    from sized s
   order by s.oid`;

/** By themselves: a planner that knows nothing of a fresh catalogue would join them row by row. */
const INDEXES_SQL = `
  select i.indrelid::int8::float8 as oid, count(*)::int as indexes,
         sum(x.relpages)::float8 * current_setting('block_size')::int as "indexBytes",
         bool_or(i.indisprimary) as "hasPrimaryKey"
    from pg_catalog.pg_index i join pg_catalog.pg_class x on x.oid = i.indexrelid
   where i.indrelid >= 16384 and x.relnamespace <> 'pg_toast'::regnamespace
   group by 1`;

type IndexFacts = Pick<TableFacts, "indexes" | "indexBytes" | "hasPrimaryKey">;
const NO_INDEXES: IndexFacts = { indexes: 0, indexBytes: 0, hasPrimaryKey: false };

export async function readTableFacts(client: Client): Promise<TableFacts[]> {
  const indexes = await client.query<IndexFacts & { oid: number }>(INDEXES_SQL);
  const byTable = new Map(indexes.rows.map(({ oid, ...facts }) => [oid, facts]));
  const tables = await client.query<Omit<TableFacts, keyof IndexFacts> & { oid: number }>(TABLE_FACTS_SQL);
  return tables.rows.map(({ oid, ...table }) => ({ ...table, ...(byTable.get(oid) ?? NO_INDEXES) }));
}

/** A sequence that this role may not read. */
export interface ClosedSequence {
  schema: string;
  name: string;
}

const CLOSED_SEQUENCES_SQL = `
  select n.nspname as schema, c.relname as name
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'S' and ${USER_RELATION}
     and not (has_schema_privilege(n.oid, 'usage') and has_sequence_privilege(c.oid, 'select'))
   order by c.oid`;

export async function readClosedSequences(client: Client): Promise<ClosedSequence[]> {
  return (await client.query<ClosedSequence>(CLOSED_SEQUENCES_SQL)).rows;
}
