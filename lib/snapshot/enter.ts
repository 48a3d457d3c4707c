import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { FerryError } from "@/lib/errors/ferry-error";
import { holdersOf, isLost } from "./holders";
import { beginUnderSnapshot } from "./snapshot-session";

/** Mostly a keeper is about to come; where it does not, nobody is in a hurry. */
const FIRST_POLL_MS = 10;
const LONGEST_POLL_MS = 100;

/**
 * Puts the session under the import's snapshot, waiting up to `waitMs` for a holder: right after the start, and
 * while a keeper that died is replaced, or until the signal. Returns the snapshot's name.
 */
export async function enterSnapshot(
  source: Client,
  importId: string,
  epoch: number,
  waitMs: number,
  signal?: AbortSignal,
): Promise<string> {
  const deadline = Date.now() + waitMs;
  for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(pollMs * 1.3, LONGEST_POLL_MS)) {
    const holders = await holdersOf(importId, epoch);
    for (const { snapshot, releasedAt } of holders) {
      if (releasedAt === null && (await beginUnderSnapshot(source, snapshot))) return snapshot;
    }
    if (await isLost(importId, epoch)) throw new FerryError("snapshot.lost", { epoch });
    if (Date.now() > deadline) throw new FerryError("snapshot.unavailable", { seconds: waitMs / 1000 });
    await sleep(pollMs, undefined, { signal });
  }
}
