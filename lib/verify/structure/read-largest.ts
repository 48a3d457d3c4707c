import type { Client } from "pg";
import { quoteIdentifier, quoteQualified } from "@/lib/postgres/quote";
import { sqlstateOf } from "@/lib/postgres/sqlstate";
import type { ObjectOptions, ObjectSide } from "./compare-objects";
import { sequenceName } from "./compare-sequences";
import { pairing } from "./compare-structure";
import { nextValue } from "./facts";

/** Mostly an index has the answer; where none has, it is not worth more. */
const LONGEST_MS = 5_000;

/**
 * The largest value in the column of each sequence that does not stand as on the source, on the target, in its
 * transaction. The others give out next what they would give out on the source.
 */
export async function readLargest(
  target: Client,
  sides: Record<"source" | "target", ObjectSide>,
  options: ObjectOptions,
): Promise<ReadonlyMap<string, string>> {
  const largest = new Map<string, string>();
  for (const [was, is] of pairing(options)(sides.source.facts.sequences, sides.target.facts.sequences)) {
    if (!is.column || nextValue(was) === nextValue(is)) continue;
    const { schema, table, name } = is.column;
    await target.query(`savepoint largest; set local statement_timeout = ${LONGEST_MS}`);
    try {
      const { rows } = await target.query<{ most: string | null }>(
        `select max(${quoteIdentifier(name)})::text as most from ${quoteQualified(schema, table)}`,
      );
      const most = rows[0]?.most ?? null;
      if (most !== null) largest.set(sequenceName(is), most);
    } catch (error) {
      // Refused, or too slow: then nothing is said of it.
      if (sqlstateOf(error) === undefined) throw error;
    } finally {
      await target.query("rollback to savepoint largest; release savepoint largest");
    }
  }
  return largest;
}
