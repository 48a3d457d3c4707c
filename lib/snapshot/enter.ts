import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { FerryError } from "@/lib/errors/ferry-error";
import { holdersOf, isLost } from "./holders";
import { beginUnderSnapshot } from "./snapshot-session";

const POLL_MS = 50;

/**
 * Puts the session under the import's snapshot, waiting up to `waitMs` for a holder: right after the start, and
 * while a keeper that died is replaced. Returns the snapshot's name.
 */
export async function enterSnapshot(source: Client, importId: string, epoch: number, waitMs: number): Promise<string> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const holders = await holdersOf(importId, epoch);
    for (const { snapshot, releasedAt } of holders) {
      if (releasedAt === null && (await beginUnderSnapshot(source, snapshot))) return snapshot;
    }
    if (await isLost(importId, epoch)) throw new FerryError("snapshot.lost", { epoch });
    if (Date.now() > deadline) throw new FerryError("snapshot.unavailable", { seconds: waitMs / 1000 });
    await sleep(POLL_MS);
  }
}
