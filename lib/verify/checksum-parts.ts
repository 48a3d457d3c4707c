import type { TableName } from "@/lib/plan/table-name";
import type { CountedSide, SearchRound } from "@/lib/plan/unit";
import { type BothSides, type Checksum, checksumStatement, hashTables } from "./checksums";
import { listRows, readBuckets } from "./find-rows";
import { FIX_OUTPUT, withFixedOutputOn } from "./output-settings";
import type { Looked } from "./search-rounds";

/** The checksum of the rows of one side that meet a condition. */
export const sumPart = (sides: BothSides, side: CountedSide, table: TableName, condition?: string): Promise<Checksum> =>
  withFixedOutputOn(sides, async () => {
    const [hashed] = await hashTables(sides, [table]);
    if (!hashed) throw new Error(`${table.schema}.${table.name} has gone.`);
    const { rows } = await sides[side].query<Checksum>(checksumStatement(hashed, side, condition));
    return rows[0] ?? { rows: 0, sum: "0" };
  });

/** Looks for rows that differ among those of one side that meet a condition. */
export const lookInPart = (
  sides: BothSides,
  side: CountedSide,
  table: TableName,
  { within, look }: SearchRound,
  condition?: string,
): Promise<Looked> =>
  withFixedOutputOn(sides, async () => {
    const [hashed] = await hashTables(sides, [table]);
    if (!hashed || "lacking" in hashed.columns) throw new Error(`${table.schema}.${table.name} has changed.`);
    const comparable = { ...hashed, columns: hashed.columns };
    if (look.as === "rows") return { listed: await listRows(sides[side], side, comparable, within, condition) };
    return { buckets: await readBuckets(sides[side], side, comparable, within, look.bits, condition) };
  });

/** What a session of its own has the target do for the checksum of a whole table: settings first, then the statement. */
export async function statementAlone(sides: BothSides, table: TableName): Promise<string> {
  const [hashed] = await hashTables(sides, [table]);
  if (!hashed) throw new Error(`${table.schema}.${table.name} has gone.`);
  return checksumStatement(hashed, "target");
}

/** To come before such a statement, in its transaction. */
export const SETTINGS_ALONE = FIX_OUTPUT;
