import { eq } from "drizzle-orm";
import type { Client } from "pg";
import { missingOfFound } from "@/lib/copy/found";
import { hasLedger } from "@/lib/copy/ledger";
import { unlinkOwnObjects } from "@/lib/copy/own-objects";
import { database } from "@/lib/db/client";
import { archives } from "@/lib/db/schema";
import { isConnectionLost, sqlstateOf } from "@/lib/postgres/sqlstate";
import { dropsOf } from "@/lib/schema/drops";
import { unpackArchive } from "@/lib/schema/store";

/** Each drop takes locks until its transaction ends, and a server has a limited number of them. */
const DROPS_AT_ONCE = 50;
/** Somebody may be looking at a table: then it stays, and is told. */
const LOCK_TIMEOUT = "set lock_timeout = '5s'";

/**
 * Takes away what the import has made in a database that was there before: what the archive names, unless it was there
 * when the import came, or something else leans on it. May be repeated. Returns the statements that were refused.
 */
export async function discardMade(target: Client, importId: string): Promise<string[]> {
  if (!(await hasLedger(target))) return [];
  const missing = await missingOfFound(target, importId);
  // Nobody knows what was there before: then nothing is touched.
  if (missing === null) return [];
  await target.query(LOCK_TIMEOUT);
  await unlinkOwnObjects(target, importId);
  const [archive] = await database()
    .select({ body: archives.body })
    .from(archives)
    .where(eq(archives.importId, importId));
  let left = archive ? dropsOf(unpackArchive(archive.body).entries) : [];
  // What leaned on others may be gone the next time.
  for (let before = Number.POSITIVE_INFINITY; left.length > 0 && left.length < before; ) {
    before = left.length;
    const refused: string[] = [];
    for (let at = 0; at < left.length; at += DROPS_AT_ONCE) {
      refused.push(...(await dropAll(target, importId, missing, left.slice(at, at + DROPS_AT_ONCE))));
    }
    left = refused;
  }
  return left;
}

/** In one transaction; where that is refused, in two halves. */
async function dropAll(target: Client, importId: string, missing: number, drops: string[]): Promise<string[]> {
  await target.query("begin");
  try {
    await target.query(drops.join(";\n"));
    const isIntact = (await missingOfFound(target, importId)) === missing;
    await target.query(isIntact ? "commit" : "rollback");
    if (isIntact) return [];
    // It was there before, and is to stay.
    if (drops.length === 1) return [];
  } catch (error) {
    await target.query("rollback").catch(() => {}); // A session that was lost has rolled back by itself.
    if (sqlstateOf(error) === null || isConnectionLost(error)) throw error;
    if (drops.length === 1) return drops;
  }
  const half = Math.ceil(drops.length / 2);
  const first = await dropAll(target, importId, missing, drops.slice(0, half));
  return [...first, ...(await dropAll(target, importId, missing, drops.slice(half)))];
}
