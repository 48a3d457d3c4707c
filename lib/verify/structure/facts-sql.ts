/**
 * The catalogue queries of the structural facts, for 10 to 18. They look only at what users made: not at system schemas,
 * temporary relations, or what belongs to an extension.
 */
const USER_RELATION = `
      n.nspname not like 'pg\\_%'
  and n.nspname <> 'information_schema'
  and c.relpersistence <> 't'
  and not exists (select 1 from pg_catalog.pg_depend d
                   where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;

/**
 * Where no column has statistics, nothing is concluded from tables that this role may not read: pg_stats hides them.
 * Before version 14 a table that was never analysed has 0 rows, as an empty one has: there, that is not told apart.
 */
export const relationsSql = (major: number): string => `
  select n.nspname as schema, c.relname as name, c.relkind::text as kind,
         pg_catalog.pg_get_userbyid(c.relowner) as owner, c.relispopulated as populated,
         case when c.relkind <> 'r' then null
              when c.reltuples = 0 then ${major >= 14 ? "true" : "null"}
              when c.reltuples < 0 then false
              when not pg_catalog.has_table_privilege(c.oid, 'select') or pg_catalog.row_security_active(c.oid) then null
              when not exists (select 1 from pg_catalog.pg_attribute a
                                where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                                  and coalesce(a.attstattarget, -1) <> 0) then null
              else exists (select 1 from pg_catalog.pg_stats s
                            where s.schemaname = n.nspname and s.tablename = c.relname) end as analysed
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'm', 'v', 'f', 'S') and ${USER_RELATION}
   order by 1, 2`;

export const INDEXES_SQL = `
  select n.nspname as schema, x.relname as name, i.indisvalid as valid, i.indisready and i.indislive as ready
    from pg_catalog.pg_index i
    join pg_catalog.pg_class x on x.oid = i.indexrelid
    join pg_catalog.pg_class c on c.oid = i.indrelid
    join pg_catalog.pg_namespace n on n.oid = x.relnamespace
   where c.relkind in ('r', 'p', 'm') and ${USER_RELATION}
   order by 1, 2`;

/** A foreign key is kept by triggers on both of its tables, which pg_dump does not tell of. */
export const CONSTRAINTS_SQL = `
  select n.nspname as schema, c.relname as "table", k.conname as name, k.convalidated as validated,
         not exists (select 1 from pg_catalog.pg_trigger t
                      where t.tgconstraint = k.oid and t.tgisinternal and t.tgenabled in ('D', 'R')) as enabled
    from pg_catalog.pg_constraint k
    join pg_catalog.pg_class c on c.oid = k.conrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where ${USER_RELATION}
   order by 1, 2, 3`;

/** Without their values, which only each sequence itself tells. */
export const SEQUENCES_SQL = `
  select n.nspname as schema, c.relname as name, s.seqincrement::text as increment, s.seqcycle as cycles,
         pg_catalog.has_schema_privilege(n.oid, 'usage') and pg_catalog.has_sequence_privilege(c.oid, 'select') as readable,
         o.column
    from pg_catalog.pg_sequence s
    join pg_catalog.pg_class c on c.oid = s.seqrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join lateral (
         select json_build_object('schema', tn.nspname, 'table', t.relname, 'name', a.attname) as column
           from pg_catalog.pg_depend d
           join pg_catalog.pg_class t on t.oid = d.refobjid
           join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
           join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
          where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
            and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
            and a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
          limit 1) o on true
   where ${USER_RELATION}
   order by 1, 2`;
