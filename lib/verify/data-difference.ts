import * as z from "zod";

/** At most so many rows of a table are named; of the others only the number is told. */
export const MOST_NAMED_ROWS = 100;
/** Of a value that is shown, and of a key's; longer ones are cut. */
export const MOST_SHOWN_CHARACTERS = 200;

/**
 * A value of a row that differs, on one side: null for SQL's null. `bytes` is how long it is as it was compared; `text`
 * is there only when the user asked for values to be shown.
 */
const shownValue = z.object({ bytes: z.number(), text: z.string().optional() }).nullable();

/** What a row is called: by its key as the server writes it, or, in a table without one, by a digest of the whole row. */
const rowName = z.discriminatedUnion("by", [
  z.object({ by: z.literal("key"), values: z.array(z.string()) }),
  z.object({ by: z.literal("digest"), digest: z.string() }),
]);

const differingColumn = z.object({ name: z.string(), source: shownValue, target: shownValue });

const rowDifference = z.object({
  /** `missing` is not on the target, `extra` only there; `different` has the same key and other values. */
  difference: z.enum(["missing", "extra", "different"]),
  row: rowName,
  /** How often such a row is on each side: more than once without a key, or with one that the target does not hold to. */
  copies: z.object({ source: z.number(), target: z.number() }),
  /** Where it lies (`ctid`), on each side that has it. */
  place: z.object({ source: z.string().nullable(), target: z.string().nullable() }),
  /** Those that differ, when a row is there on both sides. */
  columns: z.array(differingColumn),
});

const dataDifference = z.object({
  /** The columns that rows are named by; null in a table without a key. */
  key: z.array(z.string()).nullable(),
  /** Rows that were found, the named ones and those beyond. */
  missing: z.number(),
  extra: z.number(),
  different: z.number(),
  /** False when there may be more than were looked for: the three numbers are then the fewest that there are. */
  complete: z.boolean(),
  named: z.array(rowDifference),
  /** Why no row is named, if none is. */
  reason: z.string().nullable(),
});

const bothSides = z.object({ source: z.string(), target: z.string() });

/** What the comparison of one table's rows says. Stored in the result of the unit that made it (`UnitResult.compared`). */
export const tableComparisonSchema = z.object({
  table: z.object({ schema: z.string(), name: z.string() }),
  level: z.enum(["counts", "checksums"]),
  rows: z.object({ source: z.number(), target: z.number() }),
  /** Order-independent, over all rows of the table; null where only rows were counted. */
  checksums: bothSides.nullable(),
  /** Null when both sides have the same rows. */
  difference: dataDifference.nullable(),
});

export type TableComparison = z.infer<typeof tableComparisonSchema>;
export type DataDifference = z.infer<typeof dataDifference>;
export type RowDifference = z.infer<typeof rowDifference>;
export type RowName = z.infer<typeof rowName>;
export type ShownValue = z.infer<typeof shownValue>;

const rows = (count: number, word: string) => (count === 0 ? [] : [`${count} ${word}`]);

/** Pure: a row in a few words, such as `(id) = (7) is different in total, paid_at`. */
export function rowInWords({ key }: DataDifference, { difference, row, columns }: RowDifference): string {
  const name = row.by === "key" ? `(${(key ?? []).join(", ")}) = (${row.values.join(", ")})` : `row ${row.digest}`;
  if (difference === "different") return `${name} is different in ${columns.map((column) => column.name).join(", ")}`;
  return difference === "missing" ? `${name} is missing on the target` : `${name} is only on the target`;
}

/** Pure: all of a table's difference in a line, for logs and messages; the first rows by name. */
export function differenceInWords(found: DataDifference, mostRows = 3): string {
  const counts = [
    ...rows(found.missing, "missing"),
    ...rows(found.extra, "extra"),
    ...rows(found.different, "different"),
  ].join(", ");
  const said = counts === "" ? "how many is not known" : `${found.complete ? "" : "at least "}${counts}`;
  const named = found.named.slice(0, mostRows).map((row) => rowInWords(found, row));
  return [`rows: ${said}`, ...named, ...(found.reason ? [found.reason] : [])].join("; ");
}
