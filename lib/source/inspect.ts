import type { Client } from "pg";
import {
  type Inventory,
  majorVersion,
  PAGE_RANGES_FROM_MAJOR,
  type ServerFacts,
  type SourceTable,
  type Surroundings,
} from "./inventory";
import {
  MATERIALIZED_VIEWS_SQL,
  SEQUENCES_SQL,
  SERVER_SQL,
  SURROUNDINGS_SQL,
  tablesSql,
  typesSql,
} from "./inventory-sql";
import { readLargeObjects } from "./large-objects";
import { readTableKeys } from "./table-keys";

/** Reads the facts of the server alone: one row, one round trip. */
export async function inspectServer(client: Client): Promise<ServerFacts> {
  const { rows } = await client.query<ServerFacts>(SERVER_SQL);
  const [server] = rows;
  if (!server) throw new Error("The server does not know its own database or role.");
  if (!isServer(server)) throw new Error("The server does not tell its version, database or role.");
  return server;
}

/** A source is not trusted: what everything else goes by is looked at before it is believed. */
const isServer = ({ versionNumber, version, versionText, database, user }: ServerFacts): boolean =>
  Number.isSafeInteger(versionNumber) &&
  [version, versionText, database, user].every((text) => typeof text === "string");

export async function inspectSurroundings(client: Client): Promise<Surroundings> {
  const { rows } = await client.query<Surroundings>(SURROUNDINGS_SQL);
  const [surroundings] = rows;
  if (!surroundings) throw new Error("The server did not tell its schemas and roles.");
  return surroundings;
}

/** Smaller tables are not cut beforehand; should one not fit into a step after all, its key is asked for then. */
const KEYS_FROM_BYTES = 256 * 1024 * 1024;

const mayRead = ({ readable, schemaUsable, rowsHidden }: SourceTable) => readable && schemaUsable && !rowsHidden;

async function withKeys(client: Client, tables: SourceTable[]): Promise<SourceTable[]> {
  const large = tables.filter((table) => table.bytes >= KEYS_FROM_BYTES && mayRead(table));
  const keys = await readTableKeys(
    client,
    large.map(({ oid }) => oid),
  );
  return tables.map((table) => ({ ...table, key: keys.get(table.oid) }));
}

/**
 * Reads the whole inventory in the transaction the session is in, so that all of it is of one moment. Surroundings that
 * were read there already are not asked for again.
 */
export async function inspect(client: Client, known?: Surroundings): Promise<Inventory> {
  const server = await inspectServer(client);
  const major = majorVersion(server);
  const list = async <T>(sql: string): Promise<T[]> => (await client.query(sql)).rows as T[];
  const tables = await list<SourceTable>(tablesSql(major));
  return {
    server,
    tables: major >= PAGE_RANGES_FROM_MAJOR ? tables : await withKeys(client, tables),
    sequences: await list(SEQUENCES_SQL),
    materializedViews: await list(MATERIALIZED_VIEWS_SQL),
    types: await list(typesSql(major)),
    largeObjects: await readLargeObjects(client, server),
    surroundings: known ?? (await inspectSurroundings(client)),
  };
}
