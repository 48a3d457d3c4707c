import type { Client } from "pg";

/** The roles that objects of the source name. */
export interface RolesInUse {
  /** With how many relations, routines and schemas each owns. */
  owners: { role: string; objects: number }[];
  /** Roles other than the owner that a right was granted to. */
  grantees: string[];
  defaultPrivileges: string[];
  policies: { schema: string; table: string; name: string; roles: string[]; isRestrictive: boolean }[];
}

const ROLES_SQL = `
  with owned as (
    select c.relowner as owner, c.relacl as acl, 'pg_catalog.pg_class'::regclass as catalogue, c.oid, c.relnamespace as namespace
      from pg_catalog.pg_class c where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and c.oid >= 16384 and c.relpersistence <> 't'
    union all
    select p.proowner, p.proacl, 'pg_catalog.pg_proc'::regclass, p.oid, p.pronamespace from pg_catalog.pg_proc p where p.oid >= 16384
    union all
    select n.nspowner, n.nspacl, 'pg_catalog.pg_namespace'::regclass, n.oid, n.oid from pg_catalog.pg_namespace n where n.oid >= 16384
  ), own as (
    select o.* from owned o join pg_catalog.pg_namespace n on n.oid = o.namespace
     where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
       and not exists (select 1 from pg_catalog.pg_depend d
                        where d.classid = o.catalogue and d.objid = o.oid and d.deptype = 'e'
                          and d.refclassid = 'pg_catalog.pg_extension'::regclass)
  )
  select (select coalesce(json_agg(json_build_object('role', r.rolname, 'objects', o.objects) order by r.rolname), '[]')
            from (select owner, count(*)::int as objects from own group by 1) o
            join pg_catalog.pg_roles r on r.oid = o.owner) as owners,
         (select coalesce(json_agg(distinct r.rolname order by r.rolname), '[]')
            from own, lateral aclexplode(own.acl) a
            join pg_catalog.pg_roles r on r.oid = a.grantee
           where own.acl is not null and a.grantee <> own.owner) as grantees,
         (select coalesce(json_agg(distinct r.rolname order by r.rolname), '[]')
            from pg_catalog.pg_default_acl d join pg_catalog.pg_roles r on r.oid = d.defaclrole) as "defaultPrivileges",
         (select coalesce(json_agg(json_build_object('schema', n.nspname, 'table', c.relname, 'name', p.polname,
                   'isRestrictive', not p.polpermissive,
                   'roles', (select json_agg(r.rolname order by r.rolname) from pg_catalog.pg_roles r
                              where r.oid = any (p.polroles))) order by n.nspname, c.relname, p.polname), '[]')
            from pg_catalog.pg_policy p
            join pg_catalog.pg_class c on c.oid = p.polrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
           where p.polroles <> '{0}') as policies`;

export async function readRolesInUse(client: Client): Promise<RolesInUse> {
  const { rows } = await client.query<RolesInUse>(ROLES_SQL);
  const [roles] = rows;
  if (!roles) throw new Error("The server did not tell who owns what.");
  return roles;
}
