import type { SmokeTable } from "./smoke-sql";

/** A row as a digest for each of its columns: `null`, `long` where the value was too long to look at, or a hash. */
export type RowDigests = readonly string[];

/** What differs between the first rows of a table on both sides, in words that tell no value. Pure. */
export function compareRows(
  { columns, key }: Pick<SmokeTable, "columns" | "key">,
  source: readonly RowDigests[],
  target: readonly RowDigests[],
): string[] {
  const order = key.map(({ name }) => name).join(", ");
  return Array.from({ length: Math.max(source.length, target.length) }, (_, at) => {
    const row = `row ${at + 1} in the order of (${order})`;
    const [was, is] = [source[at], target[at]];
    if (!was) return `${row} is only on the target`;
    if (!is) return `${row} is missing on the target`;
    const changed = columns.filter((_column, place) => isDifferent(was[place], is[place]));
    return changed.length === 0 ? "" : `${row} is different in ${changed.join(", ")}`;
  }).filter(Boolean);
}

/** A value may be stored longer on one side than on the other: what either did not look at is not told apart. */
function isDifferent(was: string | undefined, is: string | undefined): boolean {
  const values = [was, is];
  return was !== is && !(values.includes("long") && !values.includes("null"));
}
