import type { TableState, TableView } from "@/lib/imports/view";
import { clampFraction } from "../format";

export const tableFilters = ["all", "moving", "waiting", "done", "failed"] as const;
export type TableFilter = (typeof tableFilters)[number];

export const tableSorts = ["name", "rows", "size", "progress"] as const;
export type TableSort = (typeof tableSorts)[number];

export interface TableChoice {
  search: string;
  filter: TableFilter;
  sort: TableSort;
  isDescending: boolean;
}

const filterOf: Record<TableState, Exclude<TableFilter, "all">> = {
  waiting: "waiting",
  copying: "moving",
  copied: "moving",
  indexing: "moving",
  done: "done",
  skipped: "done",
  failed: "failed",
};

/** Rows once all are there: the number of the plan is the planner's estimate. */
export function tableRows({ state, rowsDone, rowsExpected }: TableView): number {
  return isCopied(state) ? rowsDone : rowsExpected;
}

export function tableBytes({ state, bytesDone, bytesExpected }: TableView): number {
  return isCopied(state) && bytesDone > 0 ? bytesDone : bytesExpected;
}

const isCopied = (state: TableState) => state === "copied" || state === "indexing" || state === "done";

/** How much of a table's data has arrived, 0 to 1. */
export function tableFraction(table: TableView): number {
  if (isCopied(table.state)) return 1;
  if (table.state === "waiting" || table.state === "skipped") return 0;
  if (table.bytesExpected > 0) return clampFraction(table.bytesDone / table.bytesExpected);
  return table.rowsExpected > 0 ? clampFraction(table.rowsDone / table.rowsExpected) : 0;
}

export function countByFilter(tables: readonly TableView[]): Record<TableFilter, number> {
  const counts: Record<TableFilter, number> = { all: tables.length, moving: 0, waiting: 0, done: 0, failed: 0 };
  for (const { state } of tables) counts[filterOf[state]] += 1;
  return counts;
}

export function chooseTables(tables: readonly TableView[], choice: TableChoice): TableView[] {
  const words = choice.search.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = tables.filter((table) => {
    if (choice.filter !== "all" && filterOf[table.state] !== choice.filter) return false;
    const name = `${table.schema}.${table.name}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
  const direction = choice.isDescending ? -1 : 1;
  return chosen.sort((left, right) => direction * compare(choice.sort, left, right) || byName(left, right));
}

function compare(sort: TableSort, left: TableView, right: TableView): number {
  switch (sort) {
    case "name":
      return byName(left, right);
    case "rows":
      return tableRows(left) - tableRows(right);
    case "size":
      return tableBytes(left) - tableBytes(right);
    case "progress":
      return tableFraction(left) - tableFraction(right);
  }
}

/** By code points, not by locale: 10,000 names are compared at each reading. */
function byName(left: TableView, right: TableView): number {
  if (left.schema !== right.schema) return left.schema < right.schema ? -1 : 1;
  if (left.name === right.name) return 0;
  return left.name < right.name ? -1 : 1;
}
