import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { migrate as migrateDrizzle } from "drizzle-orm/node-postgres/migrator";
import { connectDatabase } from "./client";

const MIGRATIONS_FOLDER = fileURLToPath(new URL("../../drizzle", import.meta.url));

/** Any number: processes that start at the same time take turns. */
const TURN = 4_770_211;

/** Brings the metadata database to the newest form; safe to call at every start. */
export async function migrate(databaseUrl: string): Promise<void> {
  const { db, end } = connectDatabase(databaseUrl);
  try {
    await db.transaction(async (turn) => {
      // It stands still for as long as the migrations take, which are another session's.
      await turn.execute(sql`set local idle_in_transaction_session_timeout = 0`);
      await turn.execute(sql`select pg_advisory_xact_lock(${TURN})`);
      await migrateDrizzle(db, { migrationsFolder: MIGRATIONS_FOLDER });
    });
  } finally {
    await end();
  }
}
