import type { TableName } from "@/lib/plan/table-name";
import type { TableRef } from "@/lib/plan/unit";
import { type BothSides, type Checksum, checksumsOf, type HashedTable, hashTables, isSame } from "./checksums";
import { countOnBothSides } from "./counts";
import type { DataDifference, TableComparison } from "./data-difference";
import { type ComparableTable, type FoundRows, findRows } from "./find-rows";
import { nameRows } from "./name-rows";
import { withFixedOutputOn } from "./output-settings";

export interface CompareOptions {
  /** Values of rows that differ leave their servers. Keys do in any case: rows are named by them. */
  showValues: boolean;
}

/**
 * Compares the rows of some tables, both sides at once. Both sessions are in a transaction, the source's under the
 * snapshot. No row leaves a server but for what names those that differ.
 */
export async function compareTables(
  sides: BothSides,
  tables: TableName[],
  options: CompareOptions,
): Promise<TableComparison[]> {
  return withFixedOutputOn(sides, async () => {
    const hashed = await hashTables(sides, tables);
    const [source, target] = await Promise.all([
      checksumsOf(sides.source, "source", hashed),
      checksumsOf(sides.target, "target", hashed),
    ]);
    const comparisons: TableComparison[] = [];
    for (const [index, table] of hashed.entries()) {
      const [here, there] = [source[index], target[index]];
      if (here && there) comparisons.push(await comparisonOf(sides, table, { source: here, target: there }, options));
    }
    return comparisons;
  });
}

/** Only how many rows there are. */
export async function compareCounts({ source, target }: BothSides, tables: TableRef[]): Promise<TableComparison[]> {
  const counted = await countOnBothSides(source, target, tables);
  return counted.map(({ table, source, target }) => {
    const sums = { source: { rows: source, sum: "0" }, target: { rows: target, sum: "0" } };
    return countsTold(table, sums);
  });
}

export interface SumOptions extends CompareOptions {
  checksums?: true;
  /** The rows that differ, if they have been found; "look" for those that are to be found here and now. */
  rows: FoundRows | "look" | "too large";
}

/** The comparison of one table that was summed up in pieces before. Both sides are asked for only if they differ. */
export async function compareSums(
  open: () => Promise<BothSides>,
  table: TableName,
  sums: Sums,
  options: SumOptions,
): Promise<TableComparison> {
  if (!options.checksums) return countsTold(table, sums);
  if (isSame(sums.source, sums.target)) return told(table, sums, null);
  const { rows } = options;
  if (rows === "too large") return told(table, sums, unnamed(sums, TOO_LARGE));
  const sides = await open();
  return withFixedOutputOn(sides, async () => {
    const [hashed] = await hashTables(sides, [table]);
    if (!hashed) throw new Error(`${table.schema}.${table.name} has gone.`);
    return comparisonOf(sides, hashed, sums, { ...options, found: rows === "look" ? null : rows });
  });
}

const TOO_LARGE = "the table is too large for its rows to be looked through within a step, and cannot be read in parts";
const ONLY_COUNTED = "rows were only counted";

function countsTold(table: TableName, sums: Sums): TableComparison {
  const difference = sums.source.rows === sums.target.rows ? null : unnamed(sums, ONLY_COUNTED);
  return { ...told(table, sums, difference), level: "counts", checksums: null };
}

type Sums = Record<"source" | "target", Checksum>;

async function comparisonOf(
  sides: BothSides,
  hashed: HashedTable,
  sums: Sums,
  { showValues, found = null }: CompareOptions & { found?: FoundRows | null },
): Promise<TableComparison> {
  const { table, columns } = hashed;
  if ("lacking" in columns) {
    const names = columns.lacking.join(", ");
    return told(table, sums, unnamed(sums, `only one side has the columns ${names}: nothing but rows was counted`));
  }
  if (isSame(sums.source, sums.target)) return told(table, sums, null);
  const comparable: ComparableTable = { ...hashed, columns };
  return told(table, sums, await nameRows(sides, comparable, found ?? (await findRows(sides, comparable)), showValues));
}

const told = (
  { schema, name }: TableName,
  { source, target }: Sums,
  difference: DataDifference | null,
): TableComparison => ({
  table: { schema, name },
  level: "checksums",
  rows: { source: source.rows, target: target.rows },
  checksums: { source: source.sum, target: target.sum },
  difference,
});

/** What the numbers alone say. */
const unnamed = ({ source, target }: Sums, reason: string): DataDifference => ({
  key: null,
  missing: Math.max(0, source.rows - target.rows),
  extra: Math.max(0, target.rows - source.rows),
  different: 0,
  complete: false,
  named: [],
  reason,
});
