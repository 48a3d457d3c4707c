import { COPY_BYTES_PER_SECOND, compareCost, copyCost, indexCost, scanCost, statementsCost } from "./cost";
import type { ImportOptions } from "./options";

export interface EstimatedTable {
  bytes: number;
  indexes: number;
}

export interface EstimateInput {
  tables: readonly EstimatedTable[];
  largeObjectBytes: number;
  /** Views, routines, types and all else that is a statement or two. */
  otherObjects: number;
  /** As one session was seen to read; null where it was not measured. */
  bytesPerSecond: number | null;
  options: Pick<ImportOptions, "lanes" | "content" | "verify" | "maxMegabytesPerSecond">;
}

export interface Estimate {
  bytes: number;
  seconds: { low: number; high: number };
}

/** Snapshot, dump, plan and the last look, whatever the size. */
const FIXED_SECONDS = 2;
/** What rates leave out: other load, WAL and checkpoints of the target, rows that are dear to format. */
const BEST = 0.8;
const WORST = 2;

/** How long an import will take, from rates of one lane: as good as these are, so it is a range. Pure. */
export function estimateImport({
  tables,
  largeObjectBytes,
  otherObjects,
  bytesPerSecond,
  options,
}: EstimateInput): Estimate {
  const { lanes, content, verify, maxMegabytesPerSecond } = options;
  const withRows = content !== "schema";
  const sum = (of: (table: EstimatedTable) => number) => tables.reduce((total, table) => total + of(table), 0);
  const bytes = withRows ? sum((table) => table.bytes) + largeObjectBytes : 0;
  const statements = FIXED_SECONDS + statementsCost(tables.length * 2 + otherObjects);
  if (!withRows) return { bytes, seconds: rangeOf(statements, statements) };

  const slowdown = bytesPerSecond === null ? 1 : Math.max(1, COPY_BYTES_PER_SECOND / bytesPerSecond);
  const copy = copyCost(bytes, tables.length) * slowdown;
  const build = sum((table) => table.indexes * indexCost(table.bytes));
  const read = sum((table) => scanCost(table.bytes) + (verify === "none" ? 0 : compareCost(table.bytes)));
  // The limit is for all lanes together, and so may a line be that was measured with one.
  const allowed = maxMegabytesPerSecond === null ? 0 : bytes / (maxMegabytesPerSecond * 1e6);
  const least = Math.max(copy / lanes, allowed) + (build + read) / lanes;
  const most = Math.max(slowdown > 1 ? copy : copy / lanes, allowed) + (build + read) / lanes;
  // One index is one lane's work.
  const longest = Math.max(0, ...tables.map((table) => (table.indexes > 0 ? indexCost(table.bytes) : 0)));
  return { bytes, seconds: rangeOf(statements + Math.max(least, longest), statements + Math.max(most, longest)) };
}

const rangeOf = (low: number, high: number) => ({ low: low * BEST, high: high * WORST });
