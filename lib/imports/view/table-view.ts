import type { PlannedTable } from "@/lib/plan/copy-plan";
import { formatTableName } from "@/lib/plan/table-name";
import type { TableState, TableView } from ".";
import type { UnitRow } from "./unit-row";

export type CountedRows = NonNullable<TableView["counted"]>;

/** A line that a comparison has left. */
interface ComparisonLine {
  kind: string;
  subject: string;
  source: string | null;
  target: string | null;
}

/** The rows of each table on both sides, by its name, as far as they have been compared. Pure. */
export function countedRows(lines: readonly ComparisonLine[]): Map<string, CountedRows> {
  const differing = new Set(lines.filter(({ kind }) => kind === "values").map(({ subject }) => subject));
  const counts = lines.filter(({ kind }) => kind === "rows");
  return new Map(
    counts.map(({ subject, source, target }) => [
      subject,
      { source: Number(source), target: Number(target), valuesDiffer: differing.has(subject) },
    ]),
  );
}

/** How far each table is, from the units that are about it. Pure. */
export function tableViews(
  tables: PlannedTable[],
  units: UnitRow[],
  counted: ReadonlyMap<string, CountedRows>,
): TableView[] {
  const copies = byTable(units.filter((unit) => unit.kind === "copy"));
  const indexes = byTable(units.filter((unit) => unit.kind === "index"));
  return tables.map((table) => {
    const own = copies.get(table.oid) ?? [];
    const parts = own.map((unit) => partOf(table, unit, own.length));
    const rowsDone = sum(parts.map((part) => part.rows));
    const done = own.filter((unit) => unit.state === "done").length;
    const copied = own.length > 0 && done === own.length;
    return {
      schema: table.schema,
      name: table.name,
      state: stateOf(table, own, indexes.get(table.oid) ?? []),
      rowsDone,
      // What arrived is known; what the statistics expected no longer matters.
      rowsExpected: copied ? rowsDone : table.withData ? Math.max(Math.round(table.estimatedRows), rowsDone) : 0,
      bytesDone: sum(parts.map((part) => part.bytes)),
      bytesExpected: table.withData ? table.bytes : 0,
      partsDone: done,
      parts: own.length,
      counted: counted.get(formatTableName(table)) ?? null,
    };
  });
}

function byTable(units: UnitRow[]): Map<number, UnitRow[]> {
  const map = new Map<number, UnitRow[]>();
  for (const unit of units) {
    for (const oid of unit.tables) {
      const list = map.get(oid);
      if (list) list.push(unit);
      else map.set(oid, [unit]);
    }
  }
  return map;
}

function stateOf(table: PlannedTable, copies: UnitRow[], indexes: UnitRow[]): TableState {
  const all = [...copies, ...indexes];
  if (!table.withData) return "skipped";
  if (all.some((unit) => unit.state === "failed")) return "failed";
  if (copies.some((unit) => unit.state !== "done")) {
    return copies.some((unit) => unit.state !== "ready") ? "copying" : "waiting";
  }
  if (indexes.some((unit) => unit.state === "running")) return "indexing";
  return indexes.every((unit) => unit.state === "done") ? "done" : "copied";
}

/** What one unit has brought of one table; rows under way are told from bytes, since COPY counts them only at its end. */
function partOf(table: PlannedTable, unit: UnitRow, parts: number): { rows: number; bytes: number } {
  if (unit.state === "done") return unit.tableResults[String(table.oid)] ?? { rows: 0, bytes: 0 };
  if (unit.state !== "running" || unit.tables.length > 1) return { rows: 0, bytes: 0 };
  const share = Math.min(1, unit.bytesDone / Math.max(table.bytes / parts, 1));
  return { rows: Math.floor((table.estimatedRows / parts) * share), bytes: unit.bytesDone };
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
