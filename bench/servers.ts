import { launch } from "@/e2e/servers/launch";
import type { Version } from "@/e2e/servers/versions";
import type { RunningServer, ServerSettings } from "@/lib/embedded/postgres";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { quoteIdentifier } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";

/**
 * As Postgres comes, on both sides and for everybody, but for two: with fsync a shared machine's disk would be
 * measured, and autovacuum would go over one's copy in another's time.
 */
export const SETTINGS: ServerSettings = {
  fsync: "off",
  autovacuum: "off",
  full_page_writes: "on",
  wal_level: "replica",
  max_connections: 100,
  shared_buffers: "128MB",
  max_wal_size: "1GB",
  // A dump of thousands of tables locks each of them.
  max_locks_per_transaction: 256,
};

export const startServer = (version: Version, dataDir: string): Promise<RunningServer> =>
  launch(version, dataDir, { settings: SETTINGS });

export const SOURCE_DATABASE = "shop";

/**
 * A name for each copy, other than the source's: servers made from one template have the same identity. Copies stay
 * until the end, since a file system may search long for a new file's place where thousands have just been deleted.
 */
export const targetDatabase = (copy: number) => `copy_${copy}`;

export const inDatabase = (server: RunningServer, database: string): ConnectionSpec => ({
  ...server.superuser,
  database,
});

export const query = <Row extends object>(spec: ConnectionSpec, sql: string): Promise<Row[]> =>
  withSession(spec, { side: "metadata", name: "ferry bench" }, async (client) => (await client.query<Row>(sql)).rows);

/** An empty database, and a server without pages of an earlier run that still want writing. */
export async function freshDatabase(server: RunningServer, database: string): Promise<ConnectionSpec> {
  await query(server.superuser, `create database ${quoteIdentifier(database)}`);
  await query(server.superuser, "checkpoint");
  return inDatabase(server, database);
}

/** Whoever is first would make the log's files for all who follow, who use them again. */
export async function fillLog(server: RunningServer): Promise<void> {
  await query(
    server.superuser,
    "select pg_logical_emit_message(false, 'bench', repeat('x', 1000000)) from generate_series(1, 1000)",
  );
  await query(server.superuser, "checkpoint");
}
