import type { Client } from "pg";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { quoteIdentifier, quoteLiteral } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";

/** Owns the metadata database and nothing else. */
const METADATA_ROLE = "ferry";
/** Creates the local target databases; like Neon's role it is no superuser. */
const IMPORTER_ROLE = "ferry_importer";
const DEMO_ROLE = "shop";

interface Login {
  role: string;
  password: string;
  attributes?: string;
}

/** The metadata database on a cluster, and the way in. Safe to call at every start. */
export function ensureMetadataDatabase(superuser: ConnectionSpec, password: string): Promise<ConnectionSpec> {
  return ensureDatabase(superuser, { role: METADATA_ROLE, password }, "ferry");
}

export function ensureDemoDatabase(superuser: ConnectionSpec, password: string): Promise<ConnectionSpec> {
  return ensureDatabase(superuser, { role: DEMO_ROLE, password }, "shop");
}

/** The role under which local targets are created. */
export async function ensureImporter(superuser: ConnectionSpec, password: string): Promise<ConnectionSpec> {
  const login = { role: IMPORTER_ROLE, password, attributes: "createdb createrole" };
  await asSuperuser(superuser, (client) => ensureRole(client, login));
  return { ...superuser, user: login.role, password };
}

async function ensureDatabase(superuser: ConnectionSpec, login: Login, database: string): Promise<ConnectionSpec> {
  await asSuperuser(superuser, async (client) => {
    await ensureRole(client, login);
    const { rowCount } = await client.query("select from pg_catalog.pg_database where datname = $1", [database]);
    if (!rowCount) {
      await client.query(`create database ${quoteIdentifier(database)} owner ${quoteIdentifier(login.role)}`);
    }
    // Other roles of the same cluster have no business in it.
    await client.query(`revoke connect, temporary on database ${quoteIdentifier(database)} from public`);
  });
  return { ...superuser, database, user: login.role, password: login.password };
}

async function ensureRole(client: Client, { role, password, attributes = "" }: Login): Promise<void> {
  const { rowCount } = await client.query("select from pg_catalog.pg_roles where rolname = $1", [role]);
  // Repetition makes guessing dear, and these passwords are random: here it would only make each login dear.
  await client.query("set scram_iterations = 1");
  const verb = rowCount ? "alter" : "create";
  await client.query(`${verb} role ${quoteIdentifier(role)} login ${attributes} password ${quoteLiteral(password)}`);
}

const asSuperuser = (superuser: ConnectionSpec, work: (client: Client) => Promise<void>) =>
  withSession(superuser, { side: "metadata", name: "ferry set-up" }, work);
