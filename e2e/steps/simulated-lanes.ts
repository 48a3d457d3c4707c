import { STEPS_PER_LEG } from "@/inngest/step-limits";
import { longStatement } from "@/lib/imports/run/detached-unit";
import { isTooLarge, mostCost, nothingFits } from "@/lib/imports/run/step-rest";
import { endOf } from "@/lib/imports/run/work-lane";
import type { QueuedUnit, SimulatedQueue } from "./simulated-queue";

/** What the simulation takes for granted; see the test. */
export interface Speeds {
  budgetMs: number;
  /** How long the unit takes, were there no end to the step. */
  takesMs: (unit: QueuedUnit) => number;
  /** Of a step, before it comes to its first unit. */
  beginMs: number;
  /** Cutting a unit instead of doing it. */
  cutMs: number;
}

interface Lane {
  now: number;
  /** Steps of the leg under way. */
  steps: number;
  legs: number;
  deadline: number | null;
  wholeMs: number;
  /** What happens at `now`, before the lane looks around again. */
  pending: (() => void) | null;
  isAtBarrier: boolean;
  hasEnded: boolean;
}

export interface LanesOutcome {
  tookMs: number;
  /** Of the lane with the most. */
  legs: number;
  longestLeg: number;
  steps: number;
}

/** As in `attemptUnit`. */
const MAX_OVERRUNS = 4;
const LOOK_MS = 100;

/** Works the queue off with so many lanes, in a time of its own, by the rules of `workLane`. */
export function workOff(queue: SimulatedQueue, count: number, speeds: Speeds): LanesOutcome {
  const lanes = Array.from(
    { length: count },
    (): Lane => ({
      ...{ now: 0, steps: 0, legs: 1, deadline: null, wholeMs: 0, pending: null, isAtBarrier: false, hasEnded: false },
    }),
  );
  const outcome: LanesOutcome = { tookMs: 0, legs: 1, longestLeg: 0, steps: 0 };
  for (;;) {
    const working = lanes.filter((lane) => !lane.isAtBarrier && !lane.hasEnded);
    const [first] = working;
    if (!first) {
      // An engine calls the function again when none of its steps is pending: all next legs begin together.
      const waiting = lanes.filter((lane) => lane.isAtBarrier);
      const now = Math.max(...lanes.map((lane) => lane.now));
      if (waiting.length === 0) return { ...outcome, tookMs: now };
      for (const lane of waiting) Object.assign(lane, { now, steps: 0, legs: lane.legs + 1, isAtBarrier: false });
      outcome.legs += 1;
      continue;
    }
    const lane = working.reduce((least, other) => (other.now < least.now ? other : least), first);
    takeTurn(lane, queue, speeds, () => Math.min(...working.filter((other) => other.pending).map(({ now }) => now)));
    outcome.longestLeg = Math.max(outcome.longestLeg, lane.steps);
    if (lane.isAtBarrier || lane.hasEnded) outcome.steps += lane.steps;
  }
}

function takeTurn(lane: Lane, queue: SimulatedQueue, speeds: Speeds, nextEvent: () => number): void {
  lane.pending?.();
  lane.pending = null;
  if (lane.deadline === null) {
    lane.steps += 1;
    lane.deadline = lane.now + speeds.budgetMs;
    lane.wholeMs = speeds.budgetMs - speeds.beginMs;
    lane.now += speeds.beginMs;
    // Others may come before it: it looks around when its time has come.
    lane.pending = () => {};
    return;
  }
  const outlook = queue.outlook();
  if (endOf(outlook, 1, 1) !== null) {
    lane.hasEnded = true;
    return;
  }
  const restMs = lane.deadline - lane.now;
  const limit = mostCost(outlook, restMs, lane.wholeMs);
  if (restMs <= 0 || nothingFits(outlook, limit)) {
    lane.deadline = null;
    lane.isAtBarrier = lane.steps === STEPS_PER_LEG;
    return;
  }
  const unit = queue.claim(limit);
  if (!unit) {
    lane.now = Math.min(lane.deadline, nextEvent() + LOOK_MS);
    return;
  }
  attempt(lane, unit, queue, speeds, unit.overruns > 0 || isTooLarge(unit.cost, outlook, lane.wholeMs));
}

/** As `attemptUnit`: cut it, leave it to itself, do it, or be broken off by the end of the step. */
function attempt(lane: Lane, unit: QueuedUnit, queue: SimulatedQueue, speeds: Speeds, cut: boolean): void {
  const { budgetMs, cutMs, takesMs } = speeds;
  const deadline = lane.deadline ?? lane.now;
  const begunAt = lane.now;
  if (queue.split(unit, cut)) {
    lane.now += cutMs;
    return;
  }
  const claimed = { ...unit, attempt: 1, failures: 0 };
  if (longStatement(claimed, new Map(), budgetMs) !== null) {
    if (!unit.detached) unit.endsAt = begunAt + takesMs(unit);
    unit.detached = true;
    lane.now = Math.max(begunAt, Math.min(unit.endsAt, deadline));
    const isDone = unit.endsAt <= deadline;
    lane.pending = () => (isDone ? queue.finish(unit, 0) : queue.giveBack(unit));
    return;
  }
  const endsAt = begunAt + takesMs(unit);
  lane.now = Math.min(endsAt, deadline);
  lane.pending = () => {
    if (endsAt <= deadline) return queue.finish(unit, (endsAt - begunAt) / 1000);
    unit.overruns += 1;
    const share = (deadline - begunAt) / (endsAt - begunAt);
    queue.tellOverrun(unit, { seconds: (deadline - begunAt) / 1000, cost: unit.cost * share });
    if (unit.overruns >= MAX_OVERRUNS) queue.fail();
    else queue.giveBack(unit);
  };
}
