/**
 * The catalogue queries of an inventory. They run on 10 to 18 and look only at what users made:
 * not at system schemas, temporary relations, or what belongs to an extension.
 */
export const USER_RELATION = `
      n.nspname not like 'pg\\_%'
  and n.nspname <> 'information_schema'
  and c.relpersistence <> 't'
  and not exists (select 1 from pg_catalog.pg_depend d
                   where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
                     and d.refclassid = 'pg_catalog.pg_extension'::regclass)`;

/** Asking for the size of a database looks at each of its files: with more relations, what the server last counted. */
const MEASURED_TO = 10_000;

/** One row. Reserved connections are left out of what is free. */
export const SERVER_SQL = `
  select current_setting('server_version_num')::int as "versionNumber",
         current_setting('server_version') as version,
         version() as "versionText",
         current_database() as database,
         current_user as "user",
         case when relations.count > ${MEASURED_TO} then relations.pages * current_setting('block_size')::int
              else pg_database_size(current_database())::float8 end as "databaseBytes",
         pg_encoding_to_char(d.encoding) as encoding,
         d.datcollate as collation,
         pg_is_in_recovery() as "inRecovery",
         r.rolsuper as "isSuperuser",
         r.rolbypassrls or r.rolsuper as "bypassesRowSecurity",
         current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
           - (select count(*)::int from pg_catalog.pg_stat_activity where backend_type = 'client backend')
           as "freeConnections"
    from pg_catalog.pg_database d, pg_catalog.pg_roles r,
         (select count(*) as count, sum(relpages)::float8 as pages from pg_catalog.pg_class) relations
   where d.datname = current_database() and r.rolname = current_user`;

/** A row per ordinary table. Partitioned parents hold no rows themselves; their partitions are rows here. */
export const tablesSql = (major: number): string => `
  select c.oid::int8::float8 as oid, n.nspname as schema, c.relname as name,
         greatest(c.reltuples, 0)::float8 as "estimatedRows",
         pg_table_size(c.oid)::float8 as bytes,
         (pg_relation_size(c.oid) / current_setting('block_size')::int)::float8 as pages,
         c.relrowsecurity and (c.relforcerowsecurity or not pg_has_role(c.relowner, 'usage')) as "rowsHidden",
         c.relpersistence = 'u' as unlogged,
         has_schema_privilege(n.oid, 'usage') as "schemaUsable",
         has_table_privilege(c.oid, 'select') as readable,
         coalesce(columns.list, '[]'::json) as columns
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join lateral (
         select json_agg(json_build_object(
                  'name', a.attname, 'typeOid', a.atttypid::int8,
                  'generated', ${major >= 12 ? "a.attgenerated <> ''" : "false"}) order by a.attnum) as list
           from pg_catalog.pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) columns on true
   where c.relkind = 'r' and ${USER_RELATION}
   order by c.oid`;

export const SEQUENCES_SQL = `
  select c.oid::int8::float8 as oid, n.nspname as schema, c.relname as name,
         has_schema_privilege(n.oid, 'usage') and has_sequence_privilege(c.oid, 'select') as readable
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'S' and ${USER_RELATION}
   order by c.oid`;

/** Views in between are followed, so that a materialized view that reads another through a view comes after it. */
export const MATERIALIZED_VIEWS_SQL = `
  with recursive reads (view, relation) as (
    select r.ev_class, d.refobjid
      from pg_catalog.pg_rewrite r
      join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
                                 and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> r.ev_class
    union
    select reads.view, d.refobjid
      from reads
      join pg_catalog.pg_class v on v.oid = reads.relation and v.relkind = 'v'
      join pg_catalog.pg_rewrite r on r.ev_class = v.oid
      join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
                                 and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> r.ev_class
  )
  select c.oid::int8::float8 as oid, n.nspname as schema, c.relname as name, true as readable,
         coalesce((select json_agg(distinct m.oid::int8)
                     from reads join pg_catalog.pg_class m on m.oid = reads.relation and m.relkind = 'm'
                    where reads.view = c.oid), '[]'::json) as reads
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'm' and c.relispopulated and ${USER_RELATION}
   order by c.oid`;

/** Composites of tables are left out: there may be very many, and a composite never travels as binary. */
export const typesSql = (major: number): string => `
  select t.oid::int8::float8 as oid, t.typname as name, t.typtype as type,
         case when t.typcategory = 'A' then t.typelem::int8::float8 else 0 end as "elementOid",
         t.typbasetype::int8::float8 as "baseOid",
         coalesce(r.rngsubtype::int8::float8, 0) as "subtypeOid",
         t.typsend <> 0 and t.typreceive <> 0 as "hasBinaryForm"
    from pg_catalog.pg_type t
    left join pg_catalog.pg_range r on r.rngtypid = t.oid${major >= 14 ? " or r.rngmultitypid = t.oid" : ""}
   where t.typtype in ('b', 'd', 'e', 'r', 'm')
     and (t.typtype <> 'b' or t.typcategory <> 'A' or t.oid < 16384)`;

/** One row. Locking a table for reading takes any right to it that pg_dump's LOCK TABLE accepts: that to read it. */
export const SURROUNDINGS_SQL = `
  with recursive closed as (
    select c.oid, n.nspname as schema, c.relname as name
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and ${USER_RELATION}
       and not (has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select'))
  ), part_of as (
    select oid, oid as ancestor from closed
    union
    select part_of.oid, i.inhparent
      from part_of
      join pg_catalog.pg_class c on c.oid = part_of.ancestor and c.relispartition
      join pg_catalog.pg_inherits i on i.inhrelid = c.oid
  )
  select (select coalesce(json_agg(nspname order by nspname), '[]') from pg_catalog.pg_namespace
           where nspname not like 'pg\\_%' and nspname <> 'information_schema') as schemas,
         (select coalesce(json_agg(rolname order by rolname), '[]') from pg_catalog.pg_roles) as roles,
         (select coalesce(json_agg(json_build_object('name', extname, 'version', extversion) order by extname), '[]')
            from pg_catalog.pg_extension) as extensions,
         (select coalesce(json_agg(name order by name), '[]') from pg_catalog.pg_settings where name like '%.%') as settings,
         (select coalesce(json_agg(json_build_object('schema', closed.schema, 'name', closed.name, 'ancestors',
                   (select coalesce(json_agg(json_build_object('schema', n.nspname, 'name', c.relname)), '[]')
                      from part_of
                      join pg_catalog.pg_class c on c.oid = part_of.ancestor
                      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                     where part_of.oid = closed.oid and part_of.ancestor <> closed.oid)) order by closed.schema, closed.name), '[]')
            from closed) as closed`;
