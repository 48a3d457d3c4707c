import type { TableName } from "@/lib/plan/table-name";
import type { CountedSide } from "@/lib/plan/unit";
import { type BothSides, type Checksum, checksumStatement, hashTables } from "./checksums";
import { FIX_OUTPUT, withFixedOutputOn } from "./output-settings";

/** The checksum of the rows of one side that meet a condition. */
export const sumPart = (sides: BothSides, side: CountedSide, table: TableName, condition?: string): Promise<Checksum> =>
  withFixedOutputOn(sides, async () => {
    const [hashed] = await hashTables(sides, [table]);
    if (!hashed) throw new Error(`${table.schema}.${table.name} has gone.`);
    const { rows } = await sides[side].query<Checksum>(checksumStatement(hashed, side, condition));
    return rows[0] ?? { rows: 0, sum: "0" };
  });

/** What a session of its own has the target do for the checksum of a whole table: settings first, then the statement. */
export async function statementAlone(sides: BothSides, table: TableName): Promise<string> {
  const [hashed] = await hashTables(sides, [table]);
  if (!hashed) throw new Error(`${table.schema}.${table.name} has gone.`);
  return checksumStatement(hashed, "target");
}

/** To come before such a statement, in its transaction. */
export const SETTINGS_ALONE = FIX_OUTPUT;
