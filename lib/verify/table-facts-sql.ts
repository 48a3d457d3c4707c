/** A row per table that exists, in no order. `key` is what rows are named by: the primary key, or another that is never null. */
export const tablesSql = (major: number): string => `
  select w.position, k.columns as key,
         (select coalesce(json_agg(json_build_object('name', a.attname, 'typeOid', a.atttypid::int8, 'notNull', a.attnotnull)
                                   order by a.attnum), '[]')
            from pg_catalog.pg_attribute a
           where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped${major >= 12 ? " and a.attgenerated = ''" : ""}) as columns
    from unnest($1::text[], $2::text[]) with ordinality as w (schema, name, position)
    join pg_catalog.pg_namespace n on n.nspname = w.schema
    join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.name
    left join lateral (
         select array_agg(a.attname::text order by p.place) as columns
           from pg_catalog.pg_index i
           cross join lateral generate_series(0, i.${major >= 11 ? "indnkeyatts" : "indnatts"} - 1) as p (place)
           left join pg_catalog.pg_attribute a
                  on a.attrelid = i.indrelid and a.attnum = i.indkey[p.place] and a.attnotnull
                 and not a.attisdropped${major >= 12 ? " and a.attgenerated = ''" : ""}
          where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indimmediate and i.indpred is null
          group by i.indexrelid, i.indisprimary
         having bool_and(a.attname is not null)
          order by i.indisprimary desc, count(*), i.indexrelid
          limit 1) k on true`;

/** The types asked for, and all that their values are made of. */
export const typesSql = (major: number): string => `
  with recursive wanted (oid) as (
    select unnest($1::int8[])::oid
    union
    select part.oid
      from wanted w
      join pg_catalog.pg_type t on t.oid = w.oid
      cross join lateral (
           select t.typbasetype where t.typbasetype <> 0
           union all
           select t.typelem where t.typtype = 'b' and t.typcategory = 'A' and t.typelem <> 0
           union all
           select r.rngsubtype from pg_catalog.pg_range r
            where r.rngtypid = t.oid${major >= 14 ? " or r.rngmultitypid = t.oid" : ""}
           union all
           select a.atttypid from pg_catalog.pg_attribute a
            where a.attrelid = t.typrelid and t.typrelid <> 0 and a.attnum > 0 and not a.attisdropped) as part (oid)
  )
  select t.oid::int8::float8 as oid, n.nspname as schema, t.typname as name, t.typtype as kind,
         t.oid < 16384 as "isBuiltIn",
         json_build_object('schema', outs.nspname, 'name', o.proname) as output,
         case when s.oid is not null then json_build_object('schema', ins.nspname, 'name', s.proname) end as send,
         t.oid = 'pg_catalog.text'::regtype or exists (
           select 1 from pg_catalog.pg_cast c
            where c.castsource = t.oid and c.casttarget = 'pg_catalog.text'::regtype and c.castmethod = 'b') as "isText",
         case when t.typtype = 'b' and t.typcategory = 'A' then t.typelem::int8::float8 else 0 end as "elementOid",
         t.typbasetype::int8::float8 as "baseOid",
         coalesce((select r.rngsubtype::int8::float8 from pg_catalog.pg_range r
                    where r.rngtypid = t.oid${major >= 14 ? " or r.rngmultitypid = t.oid" : ""} limit 1), 0) as "subtypeOid",
         (select coalesce(json_agg(json_build_object('name', a.attname, 'typeOid', a.atttypid::int8) order by a.attnum), '[]')
            from pg_catalog.pg_attribute a
           where a.attrelid = t.typrelid and t.typrelid <> 0 and a.attnum > 0 and not a.attisdropped) as fields
    from wanted w
    join pg_catalog.pg_type t on t.oid = w.oid
    join pg_catalog.pg_namespace n on n.oid = t.typnamespace
    join pg_catalog.pg_proc o on o.oid = t.typoutput
    join pg_catalog.pg_namespace outs on outs.oid = o.pronamespace
    left join pg_catalog.pg_proc s on s.oid = t.typsend
    left join pg_catalog.pg_namespace ins on ins.oid = s.pronamespace`;
