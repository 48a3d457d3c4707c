import type { Client } from "pg";
import type { TargetFacts } from "./target";

const DESCRIBE = `
  select current_setting('server_version_num')::int as "versionNumber",
         current_setting('server_version') as version,
         version() as "versionText",
         current_database() as database,
         current_user as "user",
         (select rolsuper from pg_catalog.pg_roles where rolname = current_user) as "isSuperuser",
         (select count(*)::float8 from pg_catalog.pg_largeobject_metadata) as "largeObjects",
         has_database_privilege(current_database(), 'create') as "mayCreateSchemas",
         (select pg_encoding_to_char(encoding) from pg_catalog.pg_database where datname = current_database()) as encoding`;

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

export async function describeDatabase(client: Client): Promise<TargetFacts> {
  const { rows } = await client.query<Omit<TargetFacts, "objects" | "systemIdentifier">>(DESCRIBE);
  const [facts] = rows;
  if (!facts) throw new Error("The target does not know its own database or role.");
  const objects = await client.query<{ object: string }>(OBJECTS);
  return { ...facts, objects: objects.rows.map((row) => row.object), systemIdentifier: await systemIdentifier(client) };
}

export async function systemIdentifier(client: Client): Promise<string | null> {
  try {
    const { rows } = await client.query<{ id: string }>(IDENTIFIER);
    return rows[0]?.id ?? null;
  } catch {
    return null; // Without the right to ask, the question stays open; other checks still compare host and database.
  }
}
