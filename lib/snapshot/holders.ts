import { setTimeout as sleep } from "node:timers/promises";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { type Database, database, type Transaction } from "@/lib/db/client";
import { imports, snapshotHolders } from "@/lib/db/schema";
import type { HeldSpan } from "./held";

export interface HolderKey {
  importId: string;
  epoch: number;
  generation: number;
  /** The attempt: a repeated step is another holder of the same generation. */
  holder: string;
}

/** A holder that has not been heard of for this long is taken for dead by those who ask for a successor. */
const HEARTBEAT_TIMEOUT = sql`interval '10 seconds'`;

const RELEASE_POLL_MS = 50;

const isAlive = sql<boolean>`(${snapshotHolders.releasedAt} is null and ${snapshotHolders.heartbeatAt} > now() - ${HEARTBEAT_TIMEOUT})`;

const isHolder = (key: HolderKey) =>
  and(
    eq(snapshotHolders.importId, key.importId),
    eq(snapshotHolders.epoch, key.epoch),
    eq(snapshotHolders.generation, key.generation),
    eq(snapshotHolders.holder, key.holder),
  );

export async function recordHolder(key: HolderKey, snapshot: { name: string; horizon: string }): Promise<void> {
  const row = { ...key, snapshot: snapshot.name, horizon: snapshot.horizon };
  await database().insert(snapshotHolders).values(row);
}

/** Tells that the holder lives; answers whether it may go. */
export async function heartbeat(key: HolderKey): Promise<{ releaseAsked: boolean }> {
  const rows = await database()
    .update(snapshotHolders)
    .set({ heartbeatAt: sql`now()` })
    .where(isHolder(key))
    .returning({ releaseAsked: snapshotHolders.releaseAsked });
  return { releaseAsked: rows[0]?.releaseAsked ?? true };
}

export async function markReleased(key: HolderKey): Promise<void> {
  await database().update(snapshotHolders).set({ releasedAt: sql`now()` }).where(isHolder(key));
}

/** Everyone who may still hold the epoch's snapshot, newest first. Only the source knows for sure. */
export async function holdersOf(importId: string, epoch: number) {
  return database()
    .select({
      generation: snapshotHolders.generation,
      holder: snapshotHolders.holder,
      snapshot: snapshotHolders.snapshot,
      horizon: snapshotHolders.horizon,
      releasedAt: snapshotHolders.releasedAt,
      releaseAsked: snapshotHolders.releaseAsked,
      alive: isAlive,
    })
    .from(snapshotHolders)
    .where(and(eq(snapshotHolders.importId, importId), eq(snapshotHolders.epoch, epoch)))
    .orderBy(desc(snapshotHolders.generation), desc(snapshotHolders.takenAt));
}

/** Who held the epoch's snapshot when. */
export async function spansOf(importId: string, epoch: number): Promise<HeldSpan[]> {
  const { takenAt, releasedAt, heartbeatAt } = snapshotHolders;
  const until = sql<Date>`coalesce(${releasedAt}, case when ${isAlive} then now() else ${heartbeatAt} end)`;
  return database()
    .select({ since: takenAt, until: until.mapWith(heartbeatAt), isHeld: isAlive })
    .from(snapshotHolders)
    .where(and(eq(snapshotHolders.importId, importId), eq(snapshotHolders.epoch, epoch)));
}

/** Lets every holder of the import go: at the end, on cancel, and before a new epoch. */
export async function askForRelease(importId: string): Promise<void> {
  await database()
    .update(snapshotHolders)
    .set({ releaseAsked: true })
    .where(and(eq(snapshotHolders.importId, importId), isNull(snapshotHolders.releasedAt)));
}

/** Waits for the keepers to end their sessions on the source; those that died are not waited for. */
export async function waitForRelease(importId: string, limitMs: number): Promise<void> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await sleep(RELEASE_POLL_MS)) {
    const alive = and(eq(snapshotHolders.importId, importId), isAlive);
    const rows = await database().select({ holder: snapshotHolders.holder }).from(snapshotHolders).where(alive);
    if (rows.length === 0) return;
  }
}

/** Said by a keeper that found nobody holding the snapshot and the source changed. */
export async function markLost(
  importId: string,
  epoch: number,
  db: Database | Transaction = database(),
): Promise<void> {
  await db
    .update(imports)
    .set({ lostEpoch: epoch })
    .where(and(eq(imports.id, importId), eq(imports.epoch, epoch)));
}

export async function isLost(importId: string, epoch: number): Promise<boolean> {
  const [row] = await database().select({ lostEpoch: imports.lostEpoch }).from(imports).where(eq(imports.id, importId));
  return row === undefined || row.lostEpoch >= epoch;
}
