import { DrizzleQueryError } from "drizzle-orm/errors";
import { Pace } from "@/lib/copy/pace";
import { database } from "@/lib/db/client";
import { dispositionOf, explain, toStored } from "@/lib/errors/describe";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import type { PlannedTable } from "@/lib/plan/copy-plan";
import { copyCost } from "@/lib/plan/cost";
import { carryingKinds } from "@/lib/plan/unit";
import type { StatementProgress } from "@/lib/postgres/statement-progress";
import { markLost } from "@/lib/snapshot/holders";
import { ringFor } from "../bell";
import { type EventLevel, type LogLine, writeLine } from "../log";
import {
  type Beat,
  type Claim,
  type ClaimedUnit,
  type LaneRequest,
  renewLease,
  type UnitProgress,
} from "../queue/claim";
import { READING_KINDS } from "../queue/outlook";
import {
  failUnit,
  finishUnit,
  leaveAtWork,
  markDetached,
  postponeUnit,
  returnOverrun,
  type UnitResult,
} from "../queue/settle";
import { splitUnit } from "../queue/split-unit";
import { storeFailures } from "../verdict";
import { longStatement, runDetached, unitSession } from "./detached-unit";
import type { LaneSessions } from "./lane-sessions";
import { runUnit } from "./run-unit";
import { splitInWords } from "./split-words";
import { isNearlyAll } from "./step-rest";
import { type FailingSide, judge, SPOILT_SNAPSHOT, unitError } from "./unit-error";
import { Watchdog } from "./watchdog";

export interface Attempt extends Beat {
  request: LaneRequest;
  unit: ClaimedUnit;
  /** A copy is cut in two instead of done, if it can be. */
  cut: boolean;
  sessions: LaneSessions;
  tables: ReadonlyMap<number, PlannedTable>;
  budgetMs: number;
  lanes: number;
  /** What the step had when its work began. */
  wholeMs: number;
  deadline: number;
}

/** Whether the unit is off the list, open again, or the import needs another snapshot first. */
export type AttemptOutcome = "done" | "given-back" | "snapshot-lost";

const PROGRESS_MS = 1_000;
const MEGABYTE = 1_000_000;
/** Steps that a unit which cannot be cut may overrun. */
const MAX_OVERRUNS = 4;

/** Does a claimed unit and settles it, whatever happens; it is broken off when the step's time is up. */
export async function attemptUnit(attempt: Attempt): Promise<AttemptOutcome> {
  const { request, unit, cut, sessions, tables, lanes, deadline } = attempt;
  const { importId, epoch } = request;
  const claim = claimOf(attempt);
  const progress: UnitProgress = { rows: 0, bytes: 0, statement: null };
  let moves = 0;
  const pace = new Pace();
  // Until the first beat tells how many share it, a lane takes its part among all.
  pace.limit = limitOf(attempt);
  const statement = longStatement(unit, tables, attempt.budgetMs);
  let outlives = statement !== null;
  const targetSession = outlives ? unitSession(importId, unit.id) : undefined;
  const watchdog = new Watchdog({ ...request, unit, targetSession });
  let broken = null as "budget" | "taken" | null;
  const over = new AbortController();
  const breakOff = (why: "budget" | "taken") => {
    // What is at work on a session of its own outlives the step.
    if (outlives && why === "budget") return;
    broken ??= why;
    over.abort();
    if (!outlives) void sessions.close();
  };
  const leftMs = Math.max(deadline - Date.now(), 0);
  const overrun = setTimeout(() => breakOff("budget"), leftMs);
  const heart = setInterval(() => {
    watchdog.beat(moves);
    renewLease(claim, progress).then(
      (beat) => {
        if (beat) pace.limit = limitOf(beat);
        else breakOff("taken");
      },
      () => {}, // The next beat tries again; a lease that runs out is noticed then.
    );
  }, PROGRESS_MS);
  try {
    const onProgress = (more: { rows: number; bytes: number }) => {
      progress.rows += more.rows;
      progress.bytes += more.bytes;
      moves += 1;
      return pace.holdMs(more.bytes, Date.now());
    };
    if (statement !== null) {
      const onBegin = () => markDetached(claim);
      const onProgress = (said: StatementProgress | null) => {
        progress.statement = said;
      };
      const part = { importId, epoch, unit, sessions, statement, lanes, deadline };
      const result = await runDetached({ ...part, signal: over.signal, onBegin, onProgress });
      if (typeof result !== "string") return await settle(claim, unit, result);
      if (result === "left") {
        await renewLease(claim, progress);
        await failpoint("detached.left", { of: unit.id });
        await leaveAtWork(claim);
        return "given-back";
      }
      outlives = false;
    }
    return await settle(
      claim,
      unit,
      await runUnit({ importId, epoch, unit, cut, sessions, tables, deadline, onProgress }),
    );
  } catch (cause) {
    const side = broken ? undefined : await sideOf(cause, attempt);
    await sessions.close();
    if (broken === "budget")
      return await settleOverrun(attempt, leftMs, moves > 0 ? progress.bytes : null, watchdog.words);
    if (broken === "taken") {
      await postponeUnit(claim, 0, null);
      return "given-back";
    }
    return await settleError(attempt, unitError(cause, { kind: unit.payload.kind, subject: unit.subject, side }));
  } finally {
    clearTimeout(overrun);
    clearInterval(heart);
    await watchdog.stop();
  }
}

/** A lane's part of the import's speed limit, in bytes a second. */
const limitOf = ({ maxMegabytesPerSecond, copying }: Beat): number | null =>
  maxMegabytesPerSecond === null ? null : (maxMegabytesPerSecond * MEGABYTE) / Math.max(1, copying);

/** What Ferry's own database refuses is wrapped with the query; both ends' errors come as their servers sent them. */
async function sideOf(cause: unknown, { unit, sessions }: Attempt): Promise<FailingSide | undefined> {
  if (cause instanceof FerryError) return undefined;
  if (cause instanceof DrizzleQueryError) return "metadata";
  return READING_KINDS.includes(unit.payload.kind) ? sessions.sideOfFailure() : "target";
}

const claimOf = ({ request: { importId, run, epoch }, unit }: Attempt): Claim => ({
  importId,
  run,
  epoch,
  unitId: unit.id,
  attempt: unit.attempt,
});

/** What the ledger says of the unit is written down here too: that it is done, or that others have taken its place. */
async function settle(claim: Claim, unit: ClaimedUnit, result: UnitResult): Promise<AttemptOutcome> {
  const { importId } = claim;
  const of = unit.id;
  if (!result.split) {
    await failpoint("unit.done", { of });
    await storeFailures(importId, result.failures ?? []);
    await finishUnit(claim, result);
    await failpoint("unit.settled", { of });
    ringFor(importId);
    return "done";
  }
  await failpoint("split.recorded", { of });
  const message = splitInWords(unit.subject, result.split);
  if (await splitUnit(claim, result.split, { level: "info", kind: "unit.split", message })) {
    await failpoint("split.stored", { of });
  }
  return "given-back";
}

/**
 * A copy that moved is cut by whoever takes it next. What is held up is not too large, and cutting it would not help.
 * What cannot be cut is tried a few times more.
 */
async function settleOverrun(
  attempt: Attempt,
  leftMs: number,
  movedBytes: number | null,
  words: string | null,
): Promise<AttemptOutcome> {
  const { unit, budgetMs, wholeMs } = attempt;
  const { subject, payload } = unit;
  const seconds = budgetMs / 1000;
  const carries = carryingKinds.includes(payload.kind);
  const atOnce = carries && unit.overruns === 0 && movedBytes === null;
  if (words !== null || (atOnce && isNearlyAll(leftMs, wholeMs))) {
    return settleError(attempt, new FerryError("unit.stalled", { subject, seconds, reason: words }));
  }
  if (unit.overruns + 1 >= MAX_OVERRUNS) {
    return settleError(attempt, new FerryError("step.too_short", { subject, seconds }));
  }
  if (atOnce) await postponeUnit(claimOf(attempt), 0, null);
  else await returnOverrun(claimOf(attempt), carries && movedBytes !== null ? copyCost(movedBytes, 0) : null);
  return "given-back";
}

async function settleError(attempt: Attempt, error: FerryError): Promise<AttemptOutcome> {
  const { importId, epoch } = attempt.request;
  const claim = claimOf(attempt);
  const verdict = judge(error, attempt.unit.failures + 1, dispositionOf(error));
  const stored = toStored(error);
  const line = (level: EventLevel, kind: string): LogLine => ({ level, kind, message: explain(stored).what });
  await failpoint("unit.postponing", { of: attempt.unit.id });
  switch (verdict.action) {
    case "snapshot-lost":
      if (SPOILT_SNAPSHOT.includes(error.code)) {
        await database().transaction(async (tx) => {
          await markLost(importId, epoch, tx);
          await writeLine(tx, importId, line("warn", error.code));
        });
      }
      await postponeUnit(claim, 0, null);
      return "snapshot-lost";
    case "retry":
      await postponeUnit(claim, verdict.pauseSeconds, stored, line("warn", "unit.retry"));
      return "given-back";
    case "fail":
      await failUnit(claim, stored, line("error", "unit.failed"));
      return "given-back";
  }
}
