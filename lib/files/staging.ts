import type { Client } from "pg";
import { env } from "@/lib/env";
import { FerryError } from "@/lib/errors/ferry-error";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { quoteIdentifier, quoteLiteral } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";

/**
 * A dump is a program. It runs as a role of its own that owns one database and is nothing besides: no superuser, no
 * member of any role, without a way into another database. The role that makes and drops these never opens a session in
 * one of them, so nothing that a dump has made there is ever run by another role.
 */
const nameOf = (id: string): string => `ferry_file_${id.slice(0, 16)}`;

/** Staging databases are made and dropped by this role, which may do nothing else. */
function keeper(): ConnectionSpec {
  const text = env().FERRY_FILES_URL;
  if (!text) throw new FerryError("file.not_here");
  return { ...parseConnectionString(text), isOwn: true };
}

const asKeeper = <T>(work: (client: Client) => Promise<T>): Promise<T> =>
  withSession(keeper(), { side: "metadata", name: "ferry files" }, work);

export function stagingSpec(id: string, password: string): ConnectionSpec {
  return { ...keeper(), database: nameOf(id), user: nameOf(id), password };
}

/** An empty database and its role, in place of those that were there. */
export async function makeStaging(id: string, password: string): Promise<ConnectionSpec> {
  const name = quoteIdentifier(nameOf(id));
  await dropStaging(id);
  await asKeeper(async (client) => {
    // So that the keeper may own, and drop, what this role owns; the role gets nothing of the keeper's.
    await client.query("set createrole_self_grant = 'set, inherit'");
    await client.query(
      `create role ${name} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password ${quoteLiteral(password)}`,
    );
    await client.query(`create database ${name} owner ${name} template template0 encoding 'UTF8'`);
    await client.query(`revoke connect, temporary on database ${name} from public`);
  });
  return stagingSpec(id, password);
}

/** A dump may have changed its own role: whoever reads it later finds that as it was made. */
export async function sealOff(id: string, password: string): Promise<void> {
  const name = quoteIdentifier(nameOf(id));
  await asKeeper(async (client) => {
    await client.query(`alter role ${name} login password ${quoteLiteral(password)} valid until 'infinity'`);
    await client.query(`alter role ${name} reset all`);
  });
}

export async function dropStaging(id: string): Promise<void> {
  const name = quoteIdentifier(nameOf(id));
  await asKeeper(async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`drop role if exists ${name}`);
  });
}
