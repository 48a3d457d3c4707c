import { carryingKinds } from "@/lib/plan/unit";
import type { ThroughputView } from ".";
import type { UnitRow } from "./unit-row";

const MOST_STEPS = 90;
const SECONDS = [0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400];

interface Span {
  start: Date;
  end: Date;
}

/**
 * How fast data came, from the units that brought it: what one has brought is spread evenly over the time that it took.
 * No history is kept for this, and a unit is short, since it has to fit into a step. Pure.
 */
export function throughputOf(units: UnitRow[], { start, end }: Span): ThroughputView {
  const startMs = start.getTime();
  const spanMs = Math.max(1, end.getTime() - startMs);
  const stepMs = 1_000 * (SECONDS.find((seconds) => spanMs / (seconds * 1_000) <= MOST_STEPS) ?? 86_400);
  const steps = Math.max(1, Math.round(spanMs / stepMs));
  const bytes = new Array<number>(steps).fill(0);
  const rows = new Array<number>(steps).fill(0);
  // The last step takes what is left of the time: between half a step and one and a half.
  const lastMs = spanMs - (steps - 1) * stepMs;
  const widthMs = (step: number) => (step === steps - 1 ? lastMs : stepMs);

  for (const unit of units) {
    const isAtWork = unit.state === "running";
    if (!unit.startedAt || !carryingKinds.includes(unit.kind) || (unit.state !== "done" && !isAtWork)) continue;
    const from = clamp(unit.startedAt.getTime() - startMs, spanMs - 1);
    const until = Math.max(from + 1, clamp((isAtWork ? end : (unit.finishedAt ?? end)).getTime() - startMs, spanMs));
    for (let step = Math.min(steps - 1, Math.floor(from / stepMs)); step < steps; step += 1) {
      const beginMs = step * stepMs;
      if (beginMs >= until) break;
      const sharedMs = Math.max(0, Math.min(until, beginMs + widthMs(step)) - Math.max(from, beginMs));
      const share = sharedMs / (until - from);
      bytes[step] = (bytes[step] ?? 0) + unit.bytesDone * share;
      rows[step] = (rows[step] ?? 0) + unit.rowsDone * share;
    }
  }
  const perSecond = (amounts: number[]) => amounts.map((amount, step) => Math.round((amount * 1_000) / widthMs(step)));
  return { stepMs, spanMs, bytesPerSecond: perSecond(bytes), rowsPerSecond: perSecond(rows) };
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));
