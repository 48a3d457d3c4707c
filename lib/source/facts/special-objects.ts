import type { Client } from "pg";

/** An object that not every role may create, or that is not carried as it is. Those of extensions are not among them. */
export interface SpecialObject {
  /** As pg_dump names it: `FUNCTION`, `OPERATOR CLASS`. */
  kind: string;
  schema: string | null;
  /** In full, quoted where that is needed: `public.distance(point,point)`. */
  name: string;
  /** Of a routine, or the language itself. */
  language: string | null;
  /** What else decides: `internal state` of an aggregate, `binary` and `own type` of a cast, `wide` of a publication. */
  traits: string[];
}

/** The first of them say what there is to say. */
const MOST = 2_000;

/** One row per object. Routines in sql and plpgsql are everybody's, and not among them. */
const specialObjectsSql = (major: number): string => `
  with object (kind, catalogue, oid, language, traits) as (
    select case when ${major >= 11 ? "p.prokind = 'p'" : "false"} then 'PROCEDURE' else 'FUNCTION' end,
           'pg_catalog.pg_proc'::regclass, p.oid, l.lanname::text, '{}'::text[]
      from pg_catalog.pg_proc p
      join pg_catalog.pg_language l on l.oid = p.prolang and l.lanname not in ('sql', 'plpgsql')
     where ${major >= 11 ? "p.prokind <> 'a'" : "not p.proisagg"}
    union all
    select 'AGGREGATE', 'pg_catalog.pg_proc'::regclass, aggfnoid, null, '{internal state}'
      from pg_catalog.pg_aggregate where aggtranstype = 'pg_catalog.internal'::regtype
    union all
    select 'TYPE', 'pg_catalog.pg_type'::regclass, oid, null, '{base}'
      from pg_catalog.pg_type t
     where typtype = 'b' and not exists (select 1 from pg_catalog.pg_type e where e.typarray = t.oid)
    union all
    select 'SHELL TYPE', 'pg_catalog.pg_type'::regclass, oid, null, '{}'
      from pg_catalog.pg_type where typtype = 'p' and not typisdefined
    union all
    select 'OPERATOR CLASS', 'pg_catalog.pg_opclass'::regclass, oid, null, '{}' from pg_catalog.pg_opclass
    union all
    select 'CAST', 'pg_catalog.pg_cast'::regclass, oid, null,
           array_remove(array[case when castmethod = 'b' then 'binary' end,
                              case when castsource >= 16384 or casttarget >= 16384 then 'own type' end], null)
      from pg_catalog.pg_cast
    union all
    select 'PROCEDURAL LANGUAGE', 'pg_catalog.pg_language'::regclass, oid, lanname::text, '{}'
      from pg_catalog.pg_language where lanispl
    union all
    select 'FOREIGN DATA WRAPPER', 'pg_catalog.pg_foreign_data_wrapper'::regclass, oid, null, '{}'
      from pg_catalog.pg_foreign_data_wrapper
    union all
    select 'FOREIGN TABLE', 'pg_catalog.pg_class'::regclass, ftrelid, null, '{}' from pg_catalog.pg_foreign_table
    union all
    select 'EVENT TRIGGER', 'pg_catalog.pg_event_trigger'::regclass, oid, null, '{}' from pg_catalog.pg_event_trigger
    union all
    select 'TEXT SEARCH PARSER', 'pg_catalog.pg_ts_parser'::regclass, oid, null, '{}' from pg_catalog.pg_ts_parser
    union all
    select 'TEXT SEARCH TEMPLATE', 'pg_catalog.pg_ts_template'::regclass, oid, null, '{}' from pg_catalog.pg_ts_template
    union all
    select 'ACCESS METHOD', 'pg_catalog.pg_am'::regclass, oid, null, '{}' from pg_catalog.pg_am
    union all
    select 'PUBLICATION', 'pg_catalog.pg_publication'::regclass, p.oid, null,
           case when puballtables${
             major >= 15
               ? " or exists (select 1 from pg_catalog.pg_publication_namespace n where n.pnpubid = p.oid)"
               : ""
           } then '{wide}'::text[] else '{}' end
      from pg_catalog.pg_publication p
  ), own as (
    select * from object o
     where o.oid >= 16384
       and not exists (select 1 from pg_catalog.pg_depend d
                        where d.classid = o.catalogue and d.objid = o.oid and d.deptype = 'e'
                          and d.refclassid = 'pg_catalog.pg_extension'::regclass)
     order by kind, oid limit ${MOST}
  )
  select o.kind, i.schema, i.identity as name, o.language, o.traits
    from own o, lateral pg_catalog.pg_identify_object(o.catalogue, o.oid, 0) i
   where i.schema is null or i.schema not like 'pg\\_%'
   order by o.kind, i.identity`;

export async function readSpecialObjects(client: Client, major: number): Promise<SpecialObject[]> {
  return (await client.query<SpecialObject>(specialObjectsSql(major))).rows;
}
