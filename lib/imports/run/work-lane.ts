import { askForRelease } from "@/lib/snapshot/holders";
import { untilRung } from "../bell";
import { findPlan } from "../plan-record";
import { claimUnit, type LaneRequest } from "../queue/claim";
import { type Outlook, outlookOf } from "../queue/outlook";
import { loadImport } from "../record";
import { attemptUnit } from "./attempt-unit";
import { LaneSessions } from "./lane-sessions";
import { overFor, type RunOver } from "./run-over";
import { stepBudgetMs } from "./step-budget";
import { isTooLarge, mostCost, nothingFits } from "./step-rest";

/**
 * How an invocation of a lane ended: `more` work is left for the next one, everything is `done` or about to be in other
 * hands, only failed units and what waits for them is left (`stuck`), the import was `paused` or `stopped`, or its
 * snapshot is gone.
 */
export type LaneEnd = "more" | "done" | "stuck" | RunOver | "snapshot-lost";

const IDLE_MS = 60;
const LONGEST_IDLE_MS = 150;
/**
 * For so long what was seen of the whole serves between units; a claim goes by the present in any case. For as long a
 * lane goes on under a snapshot that has lost its keeper.
 */
const OUTLOOK_MS = 500;
/** The share of the budget that a lane waits for a keeper of the snapshot. */
const SNAPSHOT_WAIT = 0.5;

/** Works off units until none is left or the budget is used. Everything it knows is in the databases. */
export async function workLane(request: LaneRequest): Promise<{ end: LaneEnd; units: number }> {
  const { importId, run, epoch, lane } = request;
  const startedAt = Date.now();
  const { options } = await loadImport(importId);
  const budgetMs = stepBudgetMs(options);
  const deadline = startedAt + budgetMs;
  const plan = await findPlan(importId);
  const tables = new Map((plan?.tables ?? []).map((table) => [table.oid, table]));
  const sessions = new LaneSessions({
    importId,
    epoch,
    lane,
    lanes: options.lanes,
    deadline,
    snapshotWaitMs: budgetMs * SNAPSHOT_WAIT,
  });
  let units = 0;
  let hasServed = false;
  let idleMs = IDLE_MS;
  let outlook: Outlook | null = null;
  let seenAt = 0;
  // What there was when it came to work: a step whose beginning was slow still does one unit, whatever its size.
  let wholeMs: number | null = null;
  try {
    for (;;) {
      // Between two units the next is claimed at once: an outlook goes over all of them.
      const between = outlook !== null && Date.now() - seenAt < OUTLOOK_MS;
      if (!outlook || !between) {
        outlook = await outlookOf(importId, lane);
        seenAt = Date.now();
        // Nothing will be read any more: the source need not hold back its clean-up for the rest.
        if (outlook.reading === 0 && !hasServed) await askForRelease(importId);
        hasServed ||= outlook.reading === 0;
      }
      const end = endOf(outlook, epoch, run);
      if (end) return { end, units };
      const restMs = deadline - Date.now();
      wholeMs ??= restMs;
      const limit = mostCost(outlook, restMs, wholeMs);
      if (restMs <= 0 || nothingFits(outlook, limit)) return { end: "more", units };
      const unit = between || outlook.ready > 0 ? await claimUnit(request, limit) : null;
      if (!unit) {
        outlook = null;
        if (between) continue;
        await untilRung(importId, idleMs);
        idleMs = Math.min(idleMs * 1.5, LONGEST_IDLE_MS);
        continue;
      }
      idleMs = IDLE_MS;
      const cut = unit.overruns > 0 || isTooLarge(unit.cost, outlook, wholeMs);
      const outcome = await attemptUnit({
        ...{ request, unit, cut, sessions, tables, budgetMs, wholeMs, deadline },
        maxMegabytesPerSecond: outlook.maxMegabytesPerSecond,
        copying: options.lanes,
        lanes: options.lanes,
      });
      if (outcome === "snapshot-lost") return { end: outcome, units };
      if (outcome === "done") units += 1;
      else outlook = null;
    }
  } finally {
    await sessions.close();
  }
}

/** Pure: whether a lane has anything to stay for. */
export function endOf(outlook: Outlook, epoch: number, run: number): LaneEnd | null {
  const over = overFor(outlook, run);
  if (over) return over;
  if (outlook.epoch !== epoch || (outlook.lostEpoch >= epoch && outlook.reading > 0)) return "snapshot-lost";
  // What others have in hand, and will not be cut, leaves nothing for this lane.
  const isLeftToOthers = outlook.open === outlook.elsewhere && outlook.ready === 0 && outlook.reading === 0;
  if (outlook.open === 0 || isLeftToOthers) return outlook.failed > 0 ? "stuck" : "done";
  return outlook.running === 0 && outlook.claimable === 0 ? "stuck" : null;
}
