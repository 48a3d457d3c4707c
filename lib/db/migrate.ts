import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { migrate as migrateDrizzle } from "drizzle-orm/node-postgres/migrator";
import { connectDatabase, type Database } from "./client";

const MIGRATIONS_FOLDER = fileURLToPath(new URL("../../drizzle", import.meta.url));

/** Any number: processes that start at the same time take turns. */
const TURN = 4_770_211;

/** Brings the metadata database to the newest form; safe to call at every start. */
export async function migrate(databaseUrl: string): Promise<void> {
  const { db, end } = connectDatabase(databaseUrl);
  try {
    if (await isNewest(db)) return;
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

/** Most starts have nothing to migrate. By the migrator's own rule: what is newer than the last one is missing. */
async function isNewest(db: Database): Promise<boolean> {
  const { rows: found } = await db.execute<{ noted: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as noted`,
  );
  if (!found[0]?.noted) return false;
  const { rows } = await db.execute<{ last: string | null }>(
    sql`select max(created_at)::text as last from drizzle.__drizzle_migrations`,
  );
  const journal = JSON.parse(await readFile(join(MIGRATIONS_FOLDER, "meta", "_journal.json"), "utf8")) as {
    entries: { when: number }[];
  };
  return journal.entries.every(({ when }) => when <= Number(rows[0]?.last ?? 0));
}
