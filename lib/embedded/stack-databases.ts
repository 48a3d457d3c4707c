import type { Client } from "pg";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { quoteIdentifier, quoteLiteral } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";

/** Owns the metadata database and nothing else. */
const METADATA_ROLE = "ferry";
/** Creates the local target databases; like Neon's role it is no superuser. */
const IMPORTER_ROLE = "ferry_importer";
const DEMO_ROLE = "shop";
/** Makes a role and a database of each file that somebody brings, and may do nothing else. */
const FILES_ROLE = "ferry_files";

interface Login {
  role: string;
  password: string;
  attributes?: string;
}

export interface OwnLogins {
  metadata: ConnectionSpec;
  /** The role under which local targets are created. */
  importer: ConnectionSpec;
}

/** The metadata database on a cluster and who may do what there. Safe to call at every start. */
export async function ensureOwn(
  superuser: ConnectionSpec,
  passwords: { metadataPassword: string; importerPassword: string },
): Promise<OwnLogins> {
  const metadata: Login = { role: METADATA_ROLE, password: passwords.metadataPassword };
  const importer: Login = {
    role: IMPORTER_ROLE,
    password: passwords.importerPassword,
    attributes: "createdb createrole",
  };
  return asSuperuser(superuser, async (client) => {
    await ensureRole(client, importer);
    return {
      metadata: await ensureDatabase(client, superuser, metadata, "ferry"),
      importer: { ...superuser, user: importer.role, password: importer.password },
    };
  });
}

export const ensureDemoDatabase = (superuser: ConnectionSpec, password: string): Promise<ConnectionSpec> =>
  asSuperuser(superuser, (client) => ensureDatabase(client, superuser, { role: DEMO_ROLE, password }, "shop"));

/** Its own database is empty: it is where the role connects to. */
export const ensureFilesRole = (superuser: ConnectionSpec, password: string): Promise<ConnectionSpec> =>
  asSuperuser(superuser, (client) =>
    ensureDatabase(client, superuser, { role: FILES_ROLE, password, attributes: "createdb createrole" }, FILES_ROLE),
  );

async function ensureDatabase(
  client: Client,
  superuser: ConnectionSpec,
  login: Login,
  database: string,
): Promise<ConnectionSpec> {
  await ensureRole(client, login);
  const { rowCount } = await client.query("select from pg_catalog.pg_database where datname = $1", [database]);
  if (!rowCount) {
    await client.query(`create database ${quoteIdentifier(database)} owner ${quoteIdentifier(login.role)}`);
  }
  // Other roles of the same cluster have no business in it.
  await client.query(`revoke connect, temporary on database ${quoteIdentifier(database)} from public`);
  return { ...superuser, database, user: login.role, password: login.password };
}

async function ensureRole(client: Client, { role, password, attributes = "" }: Login): Promise<void> {
  const { rowCount } = await client.query("select from pg_catalog.pg_roles where rolname = $1", [role]);
  // Repetition makes guessing dear, and these passwords are random: here it would only make each login dear.
  await client.query("set scram_iterations = 1");
  const verb = rowCount ? "alter" : "create";
  await client.query(`${verb} role ${quoteIdentifier(role)} login ${attributes} password ${quoteLiteral(password)}`);
}

const asSuperuser = <T>(superuser: ConnectionSpec, work: (client: Client) => Promise<T>): Promise<T> =>
  withSession(superuser, { side: "metadata", name: "ferry set-up" }, async (client) => {
    // The next start says the same again: nobody needs to wait for the disk.
    await client.query("set synchronous_commit = off");
    return work(client);
  });
