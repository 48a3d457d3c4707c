import type { UnitKind } from "@/lib/plan/unit";

/** What the metadata database knows of an import when it has ended. All times are in ms since 1970. */
export interface ImportRecords {
  createdAt: number;
  finishedAt: number;
  /** When each kind of event was first logged. */
  events: Readonly<Record<string, number>>;
  units: UnitRecord[];
}

export interface UnitRecord {
  id: string;
  kind: UnitKind;
  subject: string;
  lane: number;
  startedAt: number;
  finishedAt: number;
  dependsOn: string[];
}

export interface Command {
  startedAt: number;
  endedAt: number;
  lanes: number;
}

/** Where the time of the command went, in an order that is told as a story. */
export const phases = [
  "starting",
  "preparing",
  "dump",
  "schema",
  "copy",
  "indexes",
  "validation",
  "refresh and analyze",
  "waiting",
  "between units",
  "verdict",
  "stopping",
] as const;

export type Phase = (typeof phases)[number];

/** Phases in which nothing is copied, built or validated. Lanes without anything to claim are told apart. */
export const OVERHEAD: readonly Phase[] = ["starting", "preparing", "dump", "between units", "verdict", "stopping"];

/** The command itself, which has a limit of its own. */
export const COMMAND: readonly Phase[] = ["starting", "stopping"];

export interface Profile {
  wallSeconds: number;
  /** Seconds of wall time: those of a lane count by its share of the lanes. They add up to the wall time. */
  seconds: Record<Phase, number>;
  /** Shares of the wall time: all overhead, and that of the import alone. */
  overhead: number;
  overheadOfImport: number;
  units: { subject: string; kind: UnitKind; lane: number; from: number; seconds: number }[];
}

const PHASE_OF_KIND: Record<UnitKind, Phase> = {
  schema: "schema",
  post: "schema",
  copy: "copy",
  "large-objects": "copy",
  sequence: "copy",
  index: "indexes",
  constraint: "validation",
  validate: "validation",
  count: "validation",
  verify: "validation",
  refresh: "refresh and analyze",
  analyze: "refresh and analyze",
};

interface Span {
  from: number;
  to: number;
}

const length = ({ from, to }: Span) => Math.max(0, to - from);

/**
 * Pure. Until the first unit and after the last one the command does one thing at a time, and log entries say which.
 * In between each lane has a unit, or has none although one could be claimed, or there is none to be had.
 */
export function profileOf(command: Command, records: ImportRecords): Profile {
  const { units, events } = records;
  const planned = events["plan.ready"] ?? records.createdAt;
  const work: Span = {
    from: Math.min(planned, ...units.map((unit) => unit.startedAt)),
    to: Math.max(planned, ...units.map((unit) => unit.finishedAt)),
  };
  const firstUnit = Math.min(work.to, ...units.map((unit) => unit.startedAt));
  const ready = events["target.ready"] ?? records.createdAt;
  const ms = Object.fromEntries(phases.map((phase) => [phase, 0])) as Record<Phase, number>;
  ms.starting = records.createdAt - command.startedAt;
  ms.preparing = ready - records.createdAt;
  ms.dump = planned - ready;
  ms["between units"] = firstUnit - planned;
  ms.verdict = records.finishedAt - work.to;
  ms.stopping = command.endedAt - records.finishedAt;

  const claimable = claimableSpans(units, firstUnit);
  for (let lane = 1; lane <= command.lanes; lane++) {
    const mine = units.filter((unit) => unit.lane === lane).sort((left, right) => left.startedAt - right.startedAt);
    for (const unit of mine) ms[PHASE_OF_KIND[unit.kind]] += (unit.finishedAt - unit.startedAt) / command.lanes;
    for (const gap of gapsBetween(mine, { from: firstUnit, to: work.to })) {
      const late = claimable.reduce((sum, span) => sum + overlap(gap, span), 0);
      ms["between units"] += late / command.lanes;
      ms.waiting += (length(gap) - late) / command.lanes;
    }
  }
  const wall = command.endedAt - command.startedAt;
  const shareOf = (some: readonly Phase[]) => some.reduce((sum, phase) => sum + ms[phase], 0) / wall;
  return {
    wallSeconds: wall / 1_000,
    seconds: Object.fromEntries(phases.map((phase) => [phase, ms[phase] / 1_000])) as Record<Phase, number>,
    overhead: shareOf(OVERHEAD),
    overheadOfImport: shareOf(OVERHEAD.filter((phase) => !COMMAND.includes(phase))),
    units: [...units]
      .sort((left, right) => left.startedAt - right.startedAt)
      .map(({ subject, kind, lane, startedAt, finishedAt }) => ({
        subject,
        kind,
        lane,
        from: (startedAt - command.startedAt) / 1_000,
        seconds: (finishedAt - startedAt) / 1_000,
      })),
  };
}

/** When at least one unit was ready and in nobody's hands; spans that touch are one. */
function claimableSpans(units: UnitRecord[], begin: number): Span[] {
  const finishedAt = new Map(units.map((unit) => [unit.id, unit.finishedAt]));
  const spans = units
    .map(({ dependsOn, startedAt }) => ({
      from: Math.max(begin, ...dependsOn.map((id) => finishedAt.get(id) ?? begin)),
      to: startedAt,
    }))
    .filter((span) => length(span) > 0)
    .sort((left, right) => left.from - right.from);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
  }
  return merged;
}

/** What units of one lane, sorted by their start, leave free of a span. */
function gapsBetween(units: UnitRecord[], within: Span): Span[] {
  const gaps: Span[] = [];
  let at = within.from;
  for (const { startedAt, finishedAt } of units) {
    gaps.push({ from: at, to: startedAt });
    at = Math.max(at, finishedAt);
  }
  return [...gaps, { from: at, to: within.to }].filter((gap) => length(gap) > 0);
}

const overlap = (left: Span, right: Span) =>
  length({ from: Math.max(left.from, right.from), to: Math.min(left.to, right.to) });
