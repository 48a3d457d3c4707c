import { carryingKinds } from "@/lib/plan/unit";
import type { ImportStatus } from "../status";
import type { Phase, ProgressView, TableView, WorkView } from ".";
import type { UnitRow } from "./unit-row";

/** Too early before this to say anything about the end. */
const MIN_FRACTION = 0.04;
const MIN_SECONDS = 1.5;

/** How far the whole import is, by the cost of its units. Pure. */
export function progressOf(units: UnitRow[], tables: TableView[], now: Date): ProgressView {
  const total = sum(units.map((unit) => unit.cost));
  const done = sum(units.map(costDone));
  const fraction = total > 0 ? done / total : 0;
  // Of a bundle under way it is not known which of its tables has what, only how much has come.
  const bundles = units.filter((unit) => unit.kind === "copy" && unit.state === "running" && unit.tables.length > 1);
  const objects = units.filter((unit) => unit.kind === "large-objects");
  const bytesDone = sum([...tables, ...bundles, ...objects].map((one) => one.bytesDone));
  return {
    fraction,
    rowsDone: sum([...tables, ...bundles].map((one) => one.rowsDone)),
    rowsExpected: sum(tables.map((table) => table.rowsExpected)),
    bytesDone,
    bytesExpected: sum([...tables.map((table) => table.bytesExpected), ...objects.map(objectBytesExpected)]),
    bytesPerSecond: copyRate(units, bytesDone, now),
    secondsLeft: secondsLeft(units, fraction, now),
  };
}

/** All units may be done while objects are still compared. */
const MOST_UNDER_WAY = 0.99;

export function withEnd(measured: ProgressView, status: ImportStatus): ProgressView {
  if (status === "succeeded") return { ...measured, fraction: 1, secondsLeft: null };
  const isUnderWay = status === "running" || status === "paused";
  return isUnderWay ? { ...measured, fraction: Math.min(measured.fraction, MOST_UNDER_WAY) } : measured;
}

function costDone(unit: UnitRow): number {
  if (unit.state === "done") return unit.cost;
  if (unit.state !== "running") return 0;
  // Almost done is never done.
  if (unit.statementProgress) return unit.cost * ALMOST * (unit.statementProgress.fraction ?? 0);
  if (!carryingKinds.includes(unit.kind)) return 0;
  // COPY's cost is its bytes at a nominal rate.
  return Math.min(unit.cost * ALMOST, unit.bytesDone / NOMINAL_BYTES_PER_SECOND);
}
const NOMINAL_BYTES_PER_SECOND = 60e6;
const ALMOST = 0.95;

/** Until they are here, how long they are is told only by what they were expected to cost. */
const objectBytesExpected = ({ state, cost, bytesDone }: UnitRow): number =>
  state === "done" ? bytesDone : Math.max(bytesDone, Math.round(cost * NOMINAL_BYTES_PER_SECOND));

function copyRate(units: UnitRow[], bytes: number, now: Date): number | null {
  const seconds = busySeconds(
    units.filter((unit) => carryingKinds.includes(unit.kind)),
    now,
  );
  return seconds > 0 ? bytes / seconds : null;
}

/** A range, since kinds of work differ in speed and nobody knows how much until some of each is done. */
function secondsLeft(units: UnitRow[], fraction: number, now: Date): ProgressView["secondsLeft"] {
  if (fraction >= 1) return null;
  const elapsed = busySeconds(units, now);
  if (fraction < MIN_FRACTION || elapsed < MIN_SECONDS) return null;
  const left = (elapsed / fraction) * (1 - fraction);
  return { low: Math.round(left * 0.8), high: Math.ceil(left * 1.4) };
}

/** Time in which at least one unit was at work: a night between a failure and its retry says nothing of speed. */
function busySeconds(units: UnitRow[], now: Date): number {
  const spans = units
    .flatMap(({ startedAt, finishedAt, state }) => {
      const end = state === "running" ? now : finishedAt;
      return startedAt && end ? [{ from: startedAt.getTime(), to: end.getTime() }] : [];
    })
    .sort((left, right) => left.from - right.from);
  let busyMs = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans) {
    busyMs += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return busyMs / 1000;
}

export function workViews(units: UnitRow[]): WorkView[] {
  const kinds = [...new Set(units.map((unit) => unit.kind))];
  return kinds.map((kind) => {
    const own = units.filter((unit) => unit.kind === kind);
    const count = (state: UnitRow["state"]) => own.filter((unit) => unit.state === state).length;
    return { kind, total: own.length, done: count("done"), running: count("running"), failed: count("failed") };
  });
}

/** The phase is told from what is open: units of several phases may be under way at once. */
export function phaseOf(status: ImportStatus, work: WorkView[]): Phase {
  const open = (...kinds: string[]) => work.some((item) => kinds.includes(item.kind) && item.done < item.total);
  if (status === "succeeded" || status === "differences") return "done";
  if (status === "draft" || status === "blocked" || status === "queued") return "check";
  const begun = (kind: string) => work.some((item) => item.kind === kind && item.done + item.running > 0);
  // Views that lean on a key are made late: then rows have long been on their way.
  if (work.length === 0 || (open("schema") && !begun("copy"))) return "schema";
  if (open("copy", "large-objects", "sequence")) return "copy";
  if (open("schema", "index", "constraint", "validate", "refresh", "analyze", "post")) return "finish";
  return "verify";
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
