import type { Client } from "pg";
import type { PlannedTable } from "@/lib/plan/copy-plan";
import { sqlstateOf } from "@/lib/postgres/sqlstate";
import { compareTables } from "./compare-data";
import { countOnBothSides } from "./counts";
import { differenceInWords, type TableComparison } from "./data-difference";
import type { ReportTable } from "./report/report-schema";

export interface TableRequest {
  /** Each within a transaction that only reads and sees one state. */
  source: Client;
  target: Client;
  table: PlannedTable;
}

/** What the comparison of one table's rows says. */
export type ComparedTable = Pick<ReportTable, "compared" | "equal" | "checksums" | "detail"> & {
  rows: NonNullable<ReportTable["rows"]>;
};

/** The one place where it is chosen how rows are compared when they are verified later. */
export type CompareTable = (request: TableRequest) => Promise<ComparedTable>;

export const countTable: CompareTable = async ({ source, target, table }) => {
  const [counted] = await countOnBothSides(source, target, [table]);
  if (!counted) throw new Error("A table was not counted.");
  const rows = { source: counted.source, target: counted.target };
  return { rows, compared: "counts", equal: rows.source === rows.target, checksums: null, detail: null };
};

export const checksumTable: CompareTable = async ({ source, target, table }) => {
  const [compared] = await compareTables({ source, target }, [table], { showValues: false });
  if (!compared) throw new Error("A table was not compared.");
  return inReport(compared);
};

/** A comparison as a report tells it: rows that differ by their keys, and no value. Pure. */
export const inReport = ({ rows, level, checksums, difference }: TableComparison): ComparedTable => ({
  rows,
  compared: level,
  equal: difference === null,
  checksums,
  detail: difference && differenceInWords(difference),
});

interface TablesRequest {
  source: Client;
  target: Client;
  tables: readonly PlannedTable[];
  compareTable: CompareTable;
  /** When to leave it, as `Date.now()` tells it; null for never. */
  deadline: number | null;
}

/** Compares the rows of all tables, the small ones first. What one of them is refused for is told of it alone. */
export async function compareLater(request: TablesRequest): Promise<ReportTable[]> {
  const { source, target, tables, compareTable, deadline } = request;
  const results = new Map<PlannedTable, ReportTable>();
  for (const table of [...tables].sort((left, right) => left.bytes - right.bytes)) {
    const { schema, name, bytes, withData } = table;
    const leftMs = deadline === null ? 0 : Math.floor(deadline - Date.now());
    const none = { schema, name, bytes, rows: null, compared: "none" as const, checksums: null, asked: withData };
    if (!withData) {
      results.set(table, { ...none, equal: true, detail: "its rows were not asked for" });
      continue;
    }
    if (deadline !== null && leftMs <= 0) {
      results.set(table, { ...none, equal: true, detail: TIME_IS_UP });
      continue;
    }
    const clients = [source, target];
    const begin = `savepoint one_table; set local statement_timeout = ${leftMs}`;
    await Promise.all(clients.map((client) => client.query(begin)));
    try {
      const compared = await compareTable({ source, target, table });
      results.set(table, { schema, name, bytes, asked: true, ...compared });
    } catch (error) {
      const code = sqlstateOf(error);
      if (code === undefined) throw error;
      // It must not be told as equal, but for a question of time.
      const isLate = code === CANCELLED && deadline !== null;
      const detail = isLate ? TIME_IS_UP : `its rows could not be read (${code})`;
      results.set(table, { ...none, equal: isLate, detail });
    } finally {
      await Promise.all(
        clients.map((client) => client.query("rollback to savepoint one_table; release savepoint one_table")),
      );
    }
  }
  return tables.flatMap((table) => results.get(table) ?? []);
}

const CANCELLED = "57014";
const TIME_IS_UP = "the time for it was up";
