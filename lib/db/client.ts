import { Pool as NeonPool, neonConfig } from "@neondatabase/serverless";
import { drizzle as drizzleNeon } from "drizzle-orm/neon-serverless";
import { drizzle as drizzlePg, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import WebSocket from "ws";
import { env } from "@/lib/env";
import * as schema from "./schema";

/** The metadata database. Both drivers answer to this one type: they speak the same dialect with the same results. */
export type Database = NodePgDatabase<typeof schema> & { $client: Pool };
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** Enough for lanes, keeper, progress and pages of one process; serverless platforms run many processes. */
const POOL_SIZE = 12;

export function isNeonHost(databaseUrl: string): boolean {
  const host = new URL(databaseUrl).hostname;
  return host.endsWith(".neon.tech") || host.endsWith(".neon.build");
}

/** On Neon through its own serverless driver (WebSocket, so transactions work), elsewhere through pg. */
export function connectDatabase(databaseUrl: string): { db: Database; end: () => Promise<void> } {
  if (isNeonHost(databaseUrl)) {
    neonConfig.webSocketConstructor ??= WebSocket;
    const pool = new NeonPool({ connectionString: databaseUrl, max: POOL_SIZE });
    pool.on("error", () => {});
    return { db: drizzleNeon(pool, { schema }) as unknown as Database, end: () => pool.end() };
  }
  const pool = new Pool({ connectionString: databaseUrl, max: POOL_SIZE, application_name: "ferry metadata" });
  // A pooled session that dies while idle is replaced at its next use; the query under way gets the error itself.
  pool.on("error", () => {});
  return { db: drizzlePg(pool, { schema }), end: () => pool.end() };
}

/** Kept on globalThis: hot reload evaluates this module again, and each time would leave a pool behind. */
const shared = globalThis as typeof globalThis & { ferryDatabase?: { url: string; db: Database } };

export function database(): Database {
  const { DATABASE_URL: url } = env();
  if (shared.ferryDatabase?.url !== url) shared.ferryDatabase = { url, db: connectDatabase(url).db };
  return shared.ferryDatabase.db;
}
