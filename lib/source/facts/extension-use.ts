import type { Client } from "pg";

/** An extension of the source with what of the user's cannot be without it. */
export interface ExtensionUse {
  name: string;
  version: string;
  schema: string;
  /** As many as are worth naming. `relation` is the table or view that it is or belongs to. */
  users: { kind: string; schema: string | null; relation: string | null; name: string }[];
  /** All of them. */
  userCount: number;
}

const SHOWN = 200;

/**
 * A row per extension. Objects use one through its members: a column its type, an index its operator class, a trigger
 * its function. What the language of a routine is counts only for languages that not every database has.
 */
const EXTENSION_USE_SQL = `
  with member as (
    select refobjid as extension, classid, objid
      from pg_catalog.pg_depend
     where refclassid = 'pg_catalog.pg_extension'::regclass and deptype = 'e'
    union all
    select oid, 'pg_catalog.pg_extension'::regclass, oid from pg_catalog.pg_extension
  ), direct as (
    select m.extension, d.classid, d.objid
      from member m
      join pg_catalog.pg_extension e on e.oid = m.extension and e.extname <> 'plpgsql'
      join pg_catalog.pg_depend d on d.refclassid = m.classid and d.refobjid = m.objid and d.deptype in ('n', 'a')
  ), told as (
    -- A view is told by itself and not by its rule, a column's default by its table, a domain's check by the domain.
    select distinct u.extension,
           case when r.oid is not null or a.oid is not null then 'pg_catalog.pg_class'::regclass
                when k.oid is not null then 'pg_catalog.pg_type'::regclass else u.classid end as classid,
           coalesce(r.ev_class, a.adrelid, k.contypid, u.objid) as objid
      from direct u
      left join pg_catalog.pg_constraint k on u.classid = 'pg_catalog.pg_constraint'::regclass and k.oid = u.objid
                                          and k.contypid <> 0
      left join pg_catalog.pg_rewrite r on u.classid = 'pg_catalog.pg_rewrite'::regclass and r.oid = u.objid
      left join pg_catalog.pg_attrdef a on u.classid = 'pg_catalog.pg_attrdef'::regclass and a.oid = u.objid
  ), used as (
    select * from told t
     where not exists (select 1 from pg_catalog.pg_depend own
                        where own.classid = t.classid and own.objid = t.objid and own.deptype = 'e'
                          and own.refclassid = 'pg_catalog.pg_extension'::regclass)
  ), placed as (
    select extension, classid, objid, row_number() over (partition by extension order by classid, objid) as place from used
  ), named as (
    select p.extension, i.type as kind, i.identity as name, coalesce(i.schema, home.schema) as schema, home.relation
      from placed p
     cross join lateral pg_catalog.pg_identify_object(p.classid, p.objid, 0) i
      left join lateral (
           select c.relname as relation, n.nspname as schema
             from pg_catalog.pg_class c
             join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.oid = case p.classid
                  when 'pg_catalog.pg_class'::regclass
                  then coalesce((select indrelid from pg_catalog.pg_index where indexrelid = p.objid), p.objid)
                  when 'pg_catalog.pg_constraint'::regclass
                  then (select conrelid from pg_catalog.pg_constraint where oid = p.objid)
                  when 'pg_catalog.pg_trigger'::regclass
                  then (select tgrelid from pg_catalog.pg_trigger where oid = p.objid)
                  when 'pg_catalog.pg_policy'::regclass
                  then (select polrelid from pg_catalog.pg_policy where oid = p.objid) end
           ) as home on true
     where p.place <= ${SHOWN}
  )
  select e.extname as name, e.extversion as version, n.nspname as schema,
         (select coalesce(json_agg(json_build_object('kind', kind, 'schema', named.schema, 'relation', relation,
                                                            'name', named.name)
                                   order by kind <> 'table', kind, named.name), '[]')
            from named where named.extension = e.oid) as users,
         (select count(*)::int from placed where placed.extension = e.oid) as "userCount"
    from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
   order by e.extname`;

export async function readExtensionUse(client: Client): Promise<ExtensionUse[]> {
  return (await client.query<ExtensionUse>(EXTENSION_USE_SQL)).rows;
}
