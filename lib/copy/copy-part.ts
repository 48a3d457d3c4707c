import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import type { PlannedTable } from "@/lib/plan/copy-plan";
import type { CopyRange } from "@/lib/plan/unit";
import { quoteQualified } from "@/lib/postgres/quote";
import { CopyBroken, type CopyEnds, relayCopy } from "./copy-relay";
import { copyStatements } from "./copy-statements";

export interface Copied {
  rows: number;
  bytes: number;
}

/** Only rows of a table emptied in the same transaction arrive frozen; for a small one that takes longer than its rows. */
const FREEZE_FROM_BYTES = 256 * 1024;

/** Brings one part from source to target. */
export async function copyPart(ends: CopyEnds, table: PlannedTable, range: CopyRange | null): Promise<Copied> {
  const freeze = range === null && table.bytes >= FREEZE_FROM_BYTES;
  if (freeze) {
    const empty = `truncate only ${quoteQualified(table.schema, table.name)}`;
    await ends.target.query(empty).catch((error: unknown) => {
      throw new CopyBroken("target", error);
    });
    await failpoint("copy.emptied", { session: ends.target });
  }
  const statements = copyStatements(table, range, freeze);
  const { sent, received, bytes } = await relayCopy(ends, statements);
  if (sent !== received) {
    throw new FerryError("copy.row_count_mismatch", { subject: `${table.schema}.${table.name}`, sent, received });
  }
  return { rows: received, bytes };
}
