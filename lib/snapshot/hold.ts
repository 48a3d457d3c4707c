import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { closeSession, openSession } from "@/lib/postgres/session";
import { type HolderKey, heartbeat, holdersOf, markReleased, recordHolder } from "./holders";
import { beginFresh, beginUnderSnapshot, exportSnapshot } from "./snapshot-session";

const HEARTBEAT_MS = 250;
const BEATS_PER_QUESTION = 4;
/** Asked for early: a successor needs a free place at the step engine. */
const HAND_OVER_AT = 0.4;
/** Overstayed while none has come: a late end costs less than a lost snapshot, and the platform's limit is further off. */
const PATIENCE = 1.4;

export interface HoldRequest {
  key: HolderKey;
  source: ConnectionSpec;
  budgetMs: number;
  /** Starts the keeper of the next generation; called once, in time before the budget ends. */
  askForSuccessor: () => Promise<void>;
  /** Asked now and then: whoever let the snapshot go may not have known of this holder yet. */
  isWanted?: () => Promise<boolean>;
}

export type HoldOutcome = "released" | "handed-over" | "left-alone";

/**
 * Keeps the epoch's snapshot alive for one invocation: takes it over from a holder that lives, or, where none is
 * left, takes it anew if the source has provably not moved since. Otherwise the snapshot is lost. A session that
 * breaks is replaced at once, by the same rule.
 */
export async function holdSnapshot(request: HoldRequest): Promise<HoldOutcome> {
  const turn: Turn = { ...request, startedAt: Date.now(), asked: false };
  for (let session = 1; ; session++) {
    const key = { ...request.key, holder: `${request.key.holder}:${session}` };
    const outcome = await holdInOneSession(turn, key);
    if (outcome !== "session-lost") return outcome;
  }
}

interface Turn extends HoldRequest {
  startedAt: number;
  asked: boolean;
}

async function holdInOneSession(turn: Turn, key: HolderKey): Promise<HoldOutcome | "session-lost"> {
  const source = await openSession(turn.source, { side: "source", name: `ferry ${key.importId} snapshot` });
  let lost = false;
  source.once("end", () => {
    lost = true;
  });
  try {
    await takeOver(source, key);
    await failpoint("keeper.recorded", { session: source });
    for (let beats = 0; ; beats++) {
      const { releaseAsked } = await heartbeat(key);
      const isAsked = turn.isWanted && beats % BEATS_PER_QUESTION === 0;
      if (releaseAsked || (isAsked && !(await turn.isWanted?.()))) return "released";
      if (lost) return "session-lost";
      const elapsedMs = Date.now() - turn.startedAt;
      if (elapsedMs > turn.budgetMs * HAND_OVER_AT) {
        // Also one that another has asked for: two chains of keepers become one.
        if (await hasSuccessor(key)) {
          await failpoint("keeper.succeeded", { session: source });
          return "handed-over";
        }
        if (!turn.asked) {
          await turn.askForSuccessor();
          await failpoint("keeper.asked", { session: source });
        }
        turn.asked = true;
      }
      if (elapsedMs > turn.budgetMs * PATIENCE) return "left-alone";
      await sleep(HEARTBEAT_MS);
    }
  } finally {
    await closeSession(source);
    await failpoint("keeper.closed");
    await markReleased(key);
  }
}

async function takeOver(source: Client, key: HolderKey): Promise<void> {
  const holders = await holdersOf(key.importId, key.epoch);
  for (const holder of holders) {
    if (holder.releasedAt === null && (await beginUnderSnapshot(source, holder.snapshot))) {
      const { name } = await exportSnapshot(source);
      await failpoint("keeper.taken-over", { session: source });
      return recordHolder(key, { name, horizon: holder.horizon });
    }
  }
  await beginFresh(source);
  const snapshot = await exportSnapshot(source);
  // Equal horizons: no transaction that writes has begun or ended in between, so both snapshots see the same rows.
  const before = holders[0]?.horizon;
  if (before !== undefined && before !== snapshot.horizon) {
    throw new FerryError("snapshot.lost", { generation: key.generation });
  }
  await failpoint("keeper.fresh", { session: source });
  await recordHolder(key, snapshot);
}

async function hasSuccessor(key: HolderKey): Promise<boolean> {
  const holders = await holdersOf(key.importId, key.epoch);
  return holders.some((other) => other.alive && other.generation > key.generation);
}
