import type { Client } from "pg";
import { rangeCondition } from "@/lib/copy/copy-statements";
import { onceInLedger } from "@/lib/copy/ledger";
import { refuseRewritten } from "@/lib/copy/rewritten";
import { COUNTED_IN_PIECES_FROM_BYTES } from "@/lib/plan/cost";
import { type CountPayload, splitComparison, splitCount, splitTables } from "@/lib/plan/split-count";
import type { CountedSide, UnitPayload, UnitPiece } from "@/lib/plan/unit";
import { countOnBothSides, countPart } from "@/lib/verify/counts";
import { totalsOnBothSides } from "@/lib/verify/large-objects";
import type { UnitResult } from "../queue/settle";
import { sumsOfCounts } from "../queue/sums-of-counts";
import { storeCounts, storeObjectTotals } from "../verdict";
import { measureHeap } from "./measure";
import type { UnitWork } from "./run-unit";

const ledgerKey = ({ importId, epoch, unit }: UnitWork) => ({ importId, epoch, unitId: unit.id });

type VerifyPayload = Extract<UnitPayload, { kind: "verify" }>;

/** Compares both sides. What would take long is cut instead, and that is recorded as it is for a copy. */
export async function verifyUnit(work: UnitWork, payload: VerifyPayload): Promise<UnitResult> {
  const { importId, unit } = work;
  const { sessions } = work;
  const [source, target] = await Promise.all([payload.counted ? null : sessions.source(), sessions.target()]);
  // The ledger's lock: counts of one epoch are not written down, nor added up, under the next.
  return onceInLedger(target, ledgerKey(work), async () => {
    const [table] = payload.tables;
    if (!source) {
      if (!table) throw new Error(`${unit.id} is about no table.`);
      const sums = await sumsOfCounts(importId, unit.id);
      await storeCounts(importId, [{ table, ...sums }]);
      return { rows: sums.target, bytes: 0 };
    }
    const split = await cutComparison(work, payload, { source, target });
    if (split) return { rows: 0, bytes: 0, split };
    const counted = await countOnBothSides(source, target, payload.tables);
    await refuseRewritten(source, payload.tables);
    await storeCounts(importId, counted);
    if (payload.largeObjects) {
      const totals = await totalsOnBothSides(source, target, payload.largeObjects);
      await storeObjectTotals(importId, unit.subject, totals);
    }
    return { rows: counted.reduce((sum, table) => sum + table.target, 0), bytes: 0 };
  });
}

/** Only a large table is measured, and what has overrun: to others this costs no statement. */
async function cutComparison(
  work: UnitWork,
  { tables }: VerifyPayload,
  sides: Record<CountedSide, Client>,
): Promise<UnitPiece[] | null> {
  const { unit } = work;
  const bytesOf = (oid: number) => work.tables.get(oid)?.bytes ?? 0;
  const hasOverrun = unit.overruns > 0;
  const [table] = tables;
  if (!table || tables.length > 1) return hasOverrun ? splitTables(unit, tables, bytesOf) : null;
  if (!hasOverrun && bytesOf(table.oid) < COUNTED_IN_PIECES_FROM_BYTES) return null;
  const [source, target] = await Promise.all([
    measureHeap("source", sides.source, table),
    measureHeap("target", sides.target, table),
  ]);
  return splitComparison(unit, table, { source, target }, hasOverrun);
}

/** Counts a piece of a table on one side. The unit's result is the count. */
export async function countUnit(work: UnitWork, payload: CountPayload): Promise<UnitResult> {
  const { side, table, range } = payload;
  const target = await work.sessions.target();
  const client = side === "source" ? await work.sessions.source() : target;
  return onceInLedger(target, ledgerKey(work), async () => {
    if (work.unit.overruns > 0) {
      const { extent } = await measureHeap(side, client, table, range);
      const split = splitCount(work.unit, payload, extent);
      if (split) return { rows: 0, bytes: 0, split };
    }
    const rows = await countPart(client, table, range ? rangeCondition(range) : undefined);
    if (side === "source") await refuseRewritten(client, [table]);
    return { rows, bytes: 0 };
  });
}
