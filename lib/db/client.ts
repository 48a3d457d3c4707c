import { Pool as NeonPool, neonConfig } from "@neondatabase/serverless";
import { sql } from "drizzle-orm";
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

/**
 * A process that is frozen in the middle of a transaction must not keep others from its rows for longer. Between two
 * statements of an honest one there is only what the process itself thinks.
 */
const MOST_IDLE_SECONDS = 60;

export function isNeonHost(databaseUrl: string): boolean {
  const host = new URL(databaseUrl).hostname;
  return host.endsWith(".neon.tech") || host.endsWith(".neon.build");
}

/** On Neon through its own serverless driver (WebSocket, so transactions work), elsewhere through pg. */
export function connectDatabase(
  databaseUrl: string,
  mostIdleSeconds = MOST_IDLE_SECONDS,
): { db: Database; end: () => Promise<void> } {
  if (isNeonHost(databaseUrl)) {
    neonConfig.webSocketConstructor ??= WebSocket;
    const pool = new NeonPool({ connectionString: databaseUrl, max: POOL_SIZE });
    pool.on("error", () => {});
    pool.on("connect", outliveLoss);
    const db = drizzleNeon(pool, { schema }) as unknown as Database;
    return { db: endingWhenIdle(db, mostIdleSeconds), end: () => pool.end() };
  }
  const pool = new Pool({ connectionString: databaseUrl, max: POOL_SIZE, application_name: "ferry metadata" });
  // A pooled session that dies while idle is replaced at its next use; the query under way gets the error itself.
  pool.on("error", () => {});
  pool.on("connect", outliveLoss);
  return { db: endingWhenIdle(drizzlePg(pool, { schema }), mostIdleSeconds), end: () => pool.end() };
}

/** A session that dies between two queries of a transaction tells the next one; unheard it would end the process. */
function outliveLoss(client: { on(event: "error", listener: () => void): unknown }): void {
  client.on("error", () => {});
}

/** In each transaction: poolers refuse it as an option of the session, and give the session's own settings to others. */
function endingWhenIdle(db: Database, seconds: number): Database {
  const transaction: Database["transaction"] = db.transaction.bind(db);
  db.transaction = (work, config) =>
    transaction(async (tx) => {
      await tx.execute(sql.raw(`set local idle_in_transaction_session_timeout = '${seconds}s'`));
      return work(tx);
    }, config);
  return db;
}

/** Kept on globalThis: hot reload evaluates this module again, and each time would leave a pool behind. */
const shared = globalThis as typeof globalThis & { ferryDatabase?: { url: string; db: Database } };

export function database(): Database {
  const { DATABASE_URL: url } = env();
  if (shared.ferryDatabase?.url !== url) shared.ferryDatabase = { url, db: connectDatabase(url).db };
  return shared.ferryDatabase.db;
}
