import type { Client } from "pg";
import { onceInLedger } from "@/lib/copy/ledger";
import { refuseRewritten } from "@/lib/copy/rewritten";
import { splitSearch, splitSum } from "@/lib/plan/split-search";
import type { CountedSide, TableRef, UnitPayload, UnitPiece } from "@/lib/plan/unit";
import { isSame } from "@/lib/verify/checksums";
import { compareSums, type SumOptions } from "@/lib/verify/compare-data";
import { afterRound, FIRST_ROUND } from "@/lib/verify/search-rounds";
import { foundInPieces, sumsKnownTo, sumsOfCounts } from "../queue/counted-pieces";
import type { UnitResult } from "../queue/settle";
import { loadImport } from "../record";
import { storeTables } from "../verdict";
import { measureHeap } from "./measure";
import type { UnitWork } from "./run-unit";

type VerifyPayload = Extract<UnitPayload, { kind: "verify" }>;

/** The first may begin at the end of a step. What then does not fit into a whole one is looked through in pieces. */
const MOST_LOOKS = 2;

export const compareChoices = async (importId: string) => {
  const { options } = await loadImport(importId);
  return { showValues: options.valuesInClear };
};

/** Adds up what the pieces of a table have told, and looks for the rows where both sides are not alike. */
export async function addUp(work: UnitWork, payload: VerifyPayload): Promise<UnitResult> {
  const { importId, epoch, unit, sessions } = work;
  const { checksums, search } = payload;
  const [table] = payload.tables;
  if (!table) throw new Error(`${unit.id} is about no table.`);
  const target = await sessions.target();
  return onceInLedger(target, { importId, epoch, unitId: unit.id }, async () => {
    const sums = search ? await sumsKnownTo(importId, search.sums) : await sumsOfCounts(importId, unit.id);
    const result = { rows: sums.target.rows, bytes: 0 };
    if (payload.summed) return { ...result, sums };
    const differs = checksums && !isSame(sums.source, sums.target);
    const next = differs ? await nextLook(work, payload, table) : { rows: "look" as const };
    if ("split" in next) return { ...result, split: next.split };
    let source: Client | null = null;
    const read = async () => {
      source = await sessions.source();
      return { source, target };
    };
    const options = { ...(await compareChoices(importId)), checksums, rows: next.rows };
    const compared = [await compareSums(read, table, sums, options)];
    if (source) await refuseRewritten(source, [table]);
    await storeTables(importId, compared);
    return { ...result, compared };
  });
}

type NextLook = { split: UnitPiece[] } | Pick<SumOptions, "rows">;

/** Whether to look for the rows of a table that differs now, or in pieces first, or what these have found. */
async function nextLook(
  { importId, unit, sessions }: UnitWork,
  payload: VerifyPayload,
  table: TableRef,
): Promise<NextLook> {
  const { search } = payload;
  if (!search && unit.overruns < MOST_LOOKS) return { rows: "look" };
  const next = search ? afterRound(search, await foundInPieces(importId, unit.id)) : FIRST_ROUND;
  if ("mismatches" in next) return { rows: next };
  const measure = async (side: CountedSide) => measureHeap(side, await sessions[side](), table);
  const [source, target] = await Promise.all([measure("source"), measure("target")]);
  const searched = { table, heaps: { source, target } };
  const split = search ? splitSearch(unit, searched, { ...next, sums: search.sums }) : splitSum(unit, searched, next);
  return split ? { split } : { rows: "too large" };
}
