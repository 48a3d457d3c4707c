import type { Client } from "pg";
import type { PolicyTarget, TargetRole } from "./context";

const FACTS = `
  select current_setting('server_version_num')::int as "versionNumber",
         current_database() as database,
         current_user as "user",
         r.rolsuper as "isSuperuser",
         r.rolsuper or r.rolcreaterole as "mayCreateRoles",
         exists (select 1 from pg_catalog.pg_roles n
                  where n.rolname = 'neon_superuser' and pg_has_role(current_user, n.oid, 'member')) as "isNeon",
         array(select nspname::text from pg_catalog.pg_namespace order by 1) as schemas,
         array(select amname::text from pg_catalog.pg_am where amtype = 't' order by 1) as "accessMethods",
         array(select name from pg_catalog.pg_settings order by 1) as settings,
         (select json_agg(json_build_object('name', lanname, 'trusted', lanpltrusted) order by lanname)
            from pg_catalog.pg_language) as languages
    from pg_catalog.pg_roles r
   where r.rolname = current_user`;

/**
 * Since version 16 a role may be a member without the right to act as the role, and may give itself that right only
 * with the admin option; before, who may create roles may join any that is no superuser.
 */
const ROLES = (major: number) => `
  select r.rolname::text as name,
         case when pg_has_role(current_user, r.oid, '${major >= 16 ? "set" : "member"}')
               ${major >= 16 ? "and pg_has_role(current_user, r.oid, 'usage')" : ""} then 'member'
              when ${
                major >= 16
                  ? "pg_has_role(current_user, r.oid, 'member with admin option')"
                  : "(select rolcreaterole from pg_catalog.pg_roles where rolname = current_user) and not r.rolsuper"
              } then 'possible'
              else 'none' end as membership
    from pg_catalog.pg_roles r
   order by r.rolname`;

/** A row per extension that could be created or is there already. */
const EXTENSIONS = `
  with version as materialized (
    select name, version, not superuser or trusted as trusted from pg_catalog.pg_available_extension_versions
  )
  select a.name::text as name,
         a.default_version as "defaultVersion",
         array(select v.version from version v where v.name = a.name order by 1) as versions,
         coalesce((select v.trusted from version v where v.name = a.name and v.version = a.default_version), false)
           as trusted,
         (select json_build_object('version', e.extversion, 'schema', n.nspname)
            from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
           where e.extname = a.name) as installed
    from pg_catalog.pg_available_extensions a
   order by a.name`;

/** Asks the target (14 or newer) what it is able to take. */
export async function readPolicyTarget(client: Client): Promise<PolicyTarget> {
  const { rows } = await client.query<Omit<PolicyTarget, "extensions" | "roles">>(FACTS);
  const [facts] = rows;
  if (!facts) throw new Error("The target does not know the role that is logged in.");
  const extensions = await client.query<PolicyTarget["extensions"][number]>(EXTENSIONS);
  const roles = await client.query<TargetRole>(ROLES(Math.floor(facts.versionNumber / 10_000)));
  return { ...facts, extensions: extensions.rows, roles: roles.rows };
}
