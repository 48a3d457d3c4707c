import { randomBytes } from "node:crypto";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { quoteIdentifier, quoteLiteral } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";

export interface TestDatabase {
  /** As superuser. */
  spec: ConnectionSpec;
  url: string;
  drop(): Promise<void>;
}

export interface TestRole {
  name: string;
  /** Into the database asked for, or into `postgres`. */
  spec: ConnectionSpec;
  url: string;
  drop(): Promise<void>;
}

export interface RoleOptions {
  prefix?: string;
  database?: string;
  /** After `LOGIN`, for example `CREATEDB CREATEROLE`. */
  attributes?: string;
}

const uniqueName = (prefix: string) => `${prefix}_${randomBytes(5).toString("hex")}`;

const run = (spec: ConnectionSpec, statement: string) =>
  withSession(spec, { side: "metadata", name: "ferry test" }, (client) => client.query(statement));

export async function createDatabase(superuser: ConnectionSpec, prefix = "test"): Promise<TestDatabase> {
  const database = uniqueName(prefix);
  await run(superuser, `create database ${quoteIdentifier(database)}`);
  const spec = { ...superuser, database };
  return { spec, url: connectionUrl(spec), drop: () => dropDatabase(superuser, database) };
}

async function dropDatabase(superuser: ConnectionSpec, database: string): Promise<void> {
  await withSession(superuser, { side: "metadata", name: "ferry test" }, async (client) => {
    // WITH (FORCE) exists from 13 on; a test may have left sessions or a slot behind.
    await client.query(`alter database ${quoteIdentifier(database)} allow_connections false`);
    await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [database]);
    await client.query(
      "select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = $1 and not active",
      [database],
    );
    await client.query(`drop database if exists ${quoteIdentifier(database)}`);
  });
}

/** A plain login role, no superuser: the kind that imports on Neon. */
export async function createRole(superuser: ConnectionSpec, options: RoleOptions = {}): Promise<TestRole> {
  const user = uniqueName(options.prefix ?? "role");
  const password = randomBytes(9).toString("base64url");
  const attributes = options.attributes ?? "";
  await run(superuser, `create role ${quoteIdentifier(user)} login ${attributes} password ${quoteLiteral(password)}`);
  const spec = { ...superuser, database: options.database ?? superuser.database, user, password };
  const drop = async () => {
    await run({ ...superuser, database: spec.database }, `drop owned by ${quoteIdentifier(user)} cascade`);
    await run(superuser, `drop role if exists ${quoteIdentifier(user)}`);
  };
  return { name: user, spec, url: connectionUrl(spec), drop };
}
