import type { Client } from "pg";
import type { TargetFacts } from "./target";

/** Neon's limit for a branch, in megabytes; -1 is none. */
const SIZE_LIMIT = "neon.max_cluster_size";

const DESCRIBE = `
  select current_setting('server_version_num')::int as "versionNumber",
         current_setting('server_version') as version,
         version() as "versionText",
         current_database() as database,
         current_user as "user",
         (select rolsuper from pg_catalog.pg_roles where rolname = current_user) as "isSuperuser",
         (select count(*)::float8 from pg_catalog.pg_largeobject_metadata) as "largeObjects",
         has_database_privilege(current_database(), 'create') as "mayCreateSchemas",
         pg_encoding_to_char(d.encoding) as encoding,
         -- By its name in each version, as far as there is one.
         coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale', d.datcollate) as locale,
         1024 * 1024 * (select limits.megabytes::float8
                          from (select coalesce((select setting from pg_catalog.pg_settings where name = '${SIZE_LIMIT}'),
                                                current_setting('${SIZE_LIMIT}', true)) as megabytes) limits
                         where limits.megabytes ~ '^[1-9][0-9]*$') as "sizeLimitBytes",
         pg_database_size(d.oid)::float8 as "usedBytes"
    from pg_catalog.pg_database d
   where d.datname = current_database()`;

/** What somebody has made here. Ferry's own ledger does not count. */
const OBJECTS = `
  select n.nspname || '.' || c.relname as object
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
     and n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', '_ferry')
     and not exists (select 1 from pg_catalog.pg_depend d
                      where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
   union all
  select n.nspname || '.' || p.proname || '()'
    from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
   where n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', '_ferry')
     and not exists (select 1 from pg_catalog.pg_depend d
                      where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
   order by 1`;

/** Tells two addresses of one server apart from two servers; not every role may ask. */
const IDENTIFIER = "select system_identifier::text as id from pg_catalog.pg_control_system()";

/** So long a question may take: a target that hangs is told, and not waited for. */
const LIMIT_MS = 10_000;
/** For all of them: a server that keeps to no limit is left. */
export const DESCRIBE_MS = 30_000;

export async function describeDatabase(client: Client): Promise<TargetFacts> {
  await client.query(`set statement_timeout = ${LIMIT_MS}`);
  const { rows } =
    await client.query<Omit<TargetFacts, "objects" | "systemIdentifier" | "host" | "branches">>(DESCRIBE);
  const [facts] = rows;
  if (!facts) throw new Error("The target does not know its own database or role.");
  const objects = await client.query<{ object: string }>(OBJECTS);
  return {
    ...facts,
    host: client.host,
    branches: null,
    objects: objects.rows.map((row) => row.object),
    systemIdentifier: await systemIdentifier(client),
  };
}

export async function systemIdentifier(client: Client): Promise<string | null> {
  try {
    const { rows } = await client.query<{ id: string }>(IDENTIFIER);
    return rows[0]?.id ?? null;
  } catch {
    return null; // Without the right to ask, the question stays open; other checks still compare host and database.
  }
}
