import type { Outlook } from "../queue/outlook";

/** From this share of a step on, what is left of it counts as all of it: nothing would have more in the next. */
const NEARLY_ALL = 0.8;

/** So much work counts as measured at the nominal speed, lest a few small tables decide what is begun. */
const NOMINAL_COST = 0.05;

export type Pace = Pick<Outlook, "copySeconds" | "copyCost">;

export const isNearlyAll = (restMs: number, wholeMs: number) => restMs >= wholeMs * NEARLY_ALL;

const secondsPerCost = ({ copySeconds, copyCost }: Pace) => (copySeconds + NOMINAL_COST) / (copyCost + NOMINAL_COST);

/** The cost of the largest unit that fits into the rest of a step, by the pace of this import; null without a limit. */
export function mostCost(pace: Pace, restMs: number, wholeMs: number): number | null {
  if (isNearlyAll(restMs, wholeMs)) return null;
  return Math.max(restMs, 0) / 1000 / secondsPerCost(pace);
}

/** Copies that amount to this share of another tell how long it takes. */
const TELLING_SHARE = 1 / 8;

/** Whether a copy had better be cut than begun: by what others took it is longer than a whole step. */
export function isTooLarge(cost: number, pace: Pace, wholeMs: number): boolean {
  return pace.copyCost >= cost * TELLING_SHARE && cost * secondsPerCost(pace) > wholeMs / 1000;
}

/** Whether a lane had better end its step: there is work to be taken, and none that fits into the rest. */
export function nothingFits({ ready, leastCost }: Pick<Outlook, "ready" | "leastCost">, limit: number | null): boolean {
  return ready > 0 && limit !== null && (leastCost === null || leastCost > limit);
}
