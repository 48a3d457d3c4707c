import type { Client } from "pg";

/** A routine that is called while rows arrive or indexes are built, with what calls it. */
export interface LeanedOnRoutine {
  schema: string;
  name: string;
  /** As ALTER FUNCTION wants them. */
  arguments: string;
  body: string;
  language: string;
  /** It says itself where names are looked up. */
  hasSearchPath: boolean;
  users: RoutineUser[];
  /** Relations and routines whose name occurs in the body, as text: whether they are meant is for a check to say. */
  candidates: { kind: "relation" | "routine"; schema: string; name: string }[];
}

export interface RoutineUser {
  kind: "check" | "domain check" | "index" | "generated column" | "materialized view";
  schema: string;
  table: string;
  name: string;
  /** Of a check: what stands after its name. */
  definition: string | null;
  isValid: boolean;
}

/** Bodies that were parsed when they were written name no objects by text any more. */
const leanedOnSql = (major: number): string => `
  with users as (
    select d.refobjid as routine, 'check' as kind, k.conrelid as relation, k.conname::text as name, k.oid as "constraint"
      from pg_catalog.pg_depend d
      join pg_catalog.pg_constraint k on d.classid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objid
       and k.contype = 'c' and k.conrelid <> 0
     where d.refclassid = 'pg_catalog.pg_proc'::regclass and d.refobjid >= 16384
    union
    select d.refobjid, 'domain check', k.contypid, k.conname::text, k.oid
      from pg_catalog.pg_depend d
      join pg_catalog.pg_constraint k on d.classid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objid
       and k.contype = 'c' and k.contypid <> 0
     where d.refclassid = 'pg_catalog.pg_proc'::regclass and d.refobjid >= 16384
    union
    select d.refobjid, 'index', i.indrelid, x.relname::text, 0
      from pg_catalog.pg_depend d
      join pg_catalog.pg_index i on d.classid = 'pg_catalog.pg_class'::regclass and i.indexrelid = d.objid
      join pg_catalog.pg_class x on x.oid = i.indexrelid
     where d.refclassid = 'pg_catalog.pg_proc'::regclass and d.refobjid >= 16384
    ${
      major >= 12
        ? `union
    select d.refobjid, 'generated column', a.attrelid, a.attname::text, 0
      from pg_catalog.pg_depend d
      join pg_catalog.pg_attrdef f on d.classid = 'pg_catalog.pg_attrdef'::regclass and f.oid = d.objid
      join pg_catalog.pg_attribute a on a.attrelid = f.adrelid and a.attnum = f.adnum and a.attgenerated <> ''
     where d.refclassid = 'pg_catalog.pg_proc'::regclass and d.refobjid >= 16384`
        : ""
    }
    union
    select d.refobjid, 'materialized view', v.oid, v.relname::text, 0
      from pg_catalog.pg_depend d
      join pg_catalog.pg_rewrite r on d.classid = 'pg_catalog.pg_rewrite'::regclass and r.oid = d.objid
      join pg_catalog.pg_class v on v.oid = r.ev_class and v.relkind = 'm'
     where d.refclassid = 'pg_catalog.pg_proc'::regclass and d.refobjid >= 16384
  )
  select n.nspname as schema, p.proname as name, pg_get_function_identity_arguments(p.oid) as arguments,
         p.prosrc as body, l.lanname as language,
         coalesce((select bool_or(setting like 'search\\_path=%') from unnest(p.proconfig) setting), false) as "hasSearchPath",
         (select json_agg(json_build_object('kind', u.kind, 'schema', un.nspname, 'table', coalesce(c.relname, t.typname),
                   'name', u.name, 'definition', pg_get_constraintdef(k.oid), 'isValid', coalesce(k.convalidated, true))
                   order by un.nspname, u.name)
            from users u
            left join pg_catalog.pg_constraint k on k.oid = u."constraint"
            left join pg_catalog.pg_type t on u.kind = 'domain check' and t.oid = u.relation
            left join pg_catalog.pg_class c on u.kind <> 'domain check' and c.oid = u.relation
            join pg_catalog.pg_namespace un on un.oid = coalesce(c.relnamespace, t.typnamespace)
           where u.routine = p.oid) as users,
         (select coalesce(json_agg(json_build_object('kind', kind, 'schema', schema, 'name', name)), '[]')
            from (select 'relation' as kind, rn.nspname as schema, r.relname as name
                    from pg_catalog.pg_class r join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
                   where r.relkind in ('r', 'p', 'v', 'm', 'f') and strpos(lower(p.prosrc), lower(r.relname::text)) > 0
                     and rn.nspname not like 'pg\\_%' and rn.nspname <> 'information_schema'
                  union
                  select 'routine', f.nspname, o.proname
                    from pg_catalog.pg_proc o join pg_catalog.pg_namespace f on f.oid = o.pronamespace
                   where o.oid >= 16384 and strpos(lower(p.prosrc), lower(o.proname::text)) > 0) named) as candidates
    from pg_catalog.pg_proc p
    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    join pg_catalog.pg_language l on l.oid = p.prolang and l.lanname in ('sql', 'plpgsql')
   where p.oid in (select routine from users)${major >= 14 ? " and p.prosqlbody is null" : ""}
     and not exists (select 1 from pg_catalog.pg_depend d
                      where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
                          and d.refclassid = 'pg_catalog.pg_extension'::regclass)
   order by n.nspname, p.proname, 3`;

export async function readLeanedOn(client: Client, major: number): Promise<LeanedOnRoutine[]> {
  return (await client.query<LeanedOnRoutine>(leanedOnSql(major))).rows;
}
