import type { Client } from "pg";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { quoteIdentifier, quoteLiteral } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";
import type { BranchRecord, DatabaseRecord, RoleRecord } from "./records";

/** What Neon keeps for itself in each branch, by the same names. Nobody can log in as one of them. */
const OWN_ROLES = ["postgres", "cloud_admin", "neon_superuser"];

/** Of a role that Neon's API has made: much, but no superuser. */
const ATTRIBUTES = "createdb createrole bypassrls replication";

/** Makes what Neon has in every branch, and the roles and databases of the record; safe to call again. */
export async function applyCatalogue(superuser: ConnectionSpec, branch: BranchRecord): Promise<void> {
  await asSuperuser(superuser, async (client) => {
    await ensureOwnRoles(client);
    for (const role of branch.roles) await ensureRole(client, role);
    for (const database of branch.databases) {
      if (await ensureDatabase(client, database)) await ensureDefaults({ ...superuser, database: database.name });
    }
  });
}

async function ensureOwnRoles(client: Client): Promise<void> {
  const wanted: [string, string][] = [
    ["cloud_admin", "superuser"],
    ["neon_superuser", ATTRIBUTES],
  ];
  for (const [name, attributes] of wanted) {
    if (!(await hasRole(client, name))) await client.query(`create role ${name} nologin ${attributes}`);
  }
  await client.query("grant pg_read_all_data, pg_write_all_data to neon_superuser");
  await client.query("grant pg_monitor, pg_create_subscription, pg_signal_backend to neon_superuser with admin option");
}

async function ensureRole(client: Client, { name, password, noLogin }: RoleRecord): Promise<void> {
  // Repetition makes guessing dear, and these passwords are random: here it would only make each login dear.
  await client.query("set scram_iterations = 1");
  const role = quoteIdentifier(name);
  if (!(await hasRole(client, name))) {
    await client.query(`create role ${role} ${noLogin ? "nologin" : "login"} ${ATTRIBUTES} in role neon_superuser`);
  }
  if (password !== null) await client.query(`alter role ${role} password ${quoteLiteral(password)}`);
}

async function hasRole(client: Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query("select from pg_catalog.pg_roles where rolname = $1", [name]);
  return rowCount !== 0;
}

/** True when it was made now. */
async function ensureDatabase(client: Client, { name, owner }: DatabaseRecord): Promise<boolean> {
  const { rowCount } = await client.query("select from pg_catalog.pg_database where datname = $1", [name]);
  const statement = rowCount ? "alter database" : "create database";
  const clause = rowCount ? "owner to" : "owner";
  await client.query(`${statement} ${quoteIdentifier(name)} ${clause} ${quoteIdentifier(owner)}`);
  return rowCount === 0;
}

/** They stand in every dump of a database on Neon. */
async function ensureDefaults(database: ConnectionSpec): Promise<void> {
  await asSuperuser(database, async (client) => {
    for (const objects of ["tables", "sequences"]) {
      await client.query(`
        alter default privileges for role cloud_admin in schema public
          grant all on ${objects} to neon_superuser with grant option`);
    }
  });
}

export async function dropDatabase(superuser: ConnectionSpec, name: string): Promise<void> {
  await asSuperuser(superuser, async (client) => {
    await client.query(`drop database if exists ${quoteIdentifier(name)} with (force)`);
  });
}

/** With all that it owns and may do, in every database. */
export async function dropRole(superuser: ConnectionSpec, name: string): Promise<void> {
  const role = quoteIdentifier(name);
  const databases = await asSuperuser(superuser, async (client) => {
    if (!(await hasRole(client, name))) return [];
    const { rows } = await client.query<{ datname: string }>(
      "select datname from pg_catalog.pg_database where datallowconn",
    );
    return rows.map(({ datname }) => datname);
  });
  for (const database of databases) {
    await asSuperuser({ ...superuser, database }, async (client) => {
      await client.query(`reassign owned by ${role} to neon_superuser`);
      await client.query(`drop owned by ${role}`);
    });
  }
  await asSuperuser(superuser, (client) => client.query(`drop role if exists ${role}`));
}

export interface FoundCatalogue {
  databases: { name: string; owner: string; sizeBytes: number }[];
  roles: { name: string; canLogin: boolean }[];
}

/** What is there, whoever made it: by SQL one may make roles and databases as well. */
export async function readCatalogue(superuser: ConnectionSpec): Promise<FoundCatalogue> {
  return asSuperuser(superuser, async (client) => {
    const databases = await client.query<FoundCatalogue["databases"][number]>(`
      select datname as name, pg_get_userbyid(datdba) as owner, pg_database_size(oid)::float8 as "sizeBytes"
        from pg_catalog.pg_database
       where not datistemplate and datname <> 'postgres'
       order by oid`);
    const roles = await client.query<FoundCatalogue["roles"][number]>(
      `select rolname as name, rolcanlogin as "canLogin"
         from pg_catalog.pg_roles
        where rolname !~ '^pg_' and rolname <> all ($1)
        order by oid`,
      [OWN_ROLES],
    );
    return { databases: databases.rows, roles: roles.rows };
  });
}

export async function currentLsn(superuser: ConnectionSpec): Promise<string> {
  return asSuperuser(superuser, async (client) => {
    const { rows } = await client.query<{ lsn: string }>("select pg_catalog.pg_current_wal_lsn()::text as lsn");
    return rows[0]?.lsn ?? "0/0";
  });
}

const asSuperuser = <T>(superuser: ConnectionSpec, work: (client: Client) => Promise<T>) =>
  withSession(superuser, { side: "metadata", name: "ferry stand-in" }, work);
