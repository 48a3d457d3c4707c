import type { Client } from "pg";
import { rangeCondition } from "@/lib/copy/copy-statements";
import { onceInLedger } from "@/lib/copy/ledger";
import { refuseRewritten } from "@/lib/copy/rewritten";
import { inPiecesFrom } from "@/lib/plan/cost";
import { type CountPayload, splitComparison, splitCount, splitTables } from "@/lib/plan/split-count";
import type { CountedSide, UnitPayload, UnitPiece } from "@/lib/plan/unit";
import { lookInPart, statementAlone, sumPart } from "@/lib/verify/checksum-parts";
import { compareCounts, compareTables } from "@/lib/verify/compare-data";
import { countPart } from "@/lib/verify/counts";
import { totalsOnBothSides } from "@/lib/verify/large-objects";
import type { UnitResult } from "../queue/settle";
import { storeObjectTotals, storeTables } from "../verdict";
import { addUp, compareChoices } from "./add-up";
import { measureHeap } from "./measure";
import type { UnitWork } from "./run-unit";

const ledgerKey = ({ importId, epoch, unit }: UnitWork) => ({ importId, epoch, unitId: unit.id });

type VerifyPayload = Extract<UnitPayload, { kind: "verify" }>;
type Sides = Record<CountedSide, Client>;

/** Compares both sides. What would take long is cut instead, and that is recorded as it is for a copy. */
export async function verifyUnit(work: UnitWork, payload: VerifyPayload): Promise<UnitResult> {
  const { importId, unit, sessions } = work;
  if (payload.counted) return addUp(work, payload);
  const [source, target] = await Promise.all([sessions.source(), sessions.target()]);
  // The ledger's lock: counts of one epoch are not written down, nor added up, under the next.
  return onceInLedger(target, ledgerKey(work), async () => {
    const split = await cutComparison(work, payload, { source, target });
    if (split) return { rows: 0, bytes: 0, split };
    const compare = payload.checksums && payload.tables.length > 0 ? compareTables : compareCounts;
    const compared = await compare({ source, target }, payload.tables, await compareChoices(importId));
    await refuseRewritten(source, payload.tables);
    await storeTables(importId, compared);
    if (payload.largeObjects) {
      // Where reading all bytes takes longer than a step, number and length have to do.
      const contents = payload.checksums === true && unit.overruns === 0;
      const totals = await totalsOnBothSides({ source, target }, { range: payload.largeObjects, contents });
      await storeObjectTotals(importId, unit.subject, totals);
    }
    return { rows: compared.reduce((sum, { rows }) => sum + rows.target, 0), bytes: 0, compared };
  });
}

/** Only a large table is measured, and what has overrun: to others this costs no statement. */
async function cutComparison(work: UnitWork, payload: VerifyPayload, sides: Sides): Promise<UnitPiece[] | null> {
  const { unit } = work;
  const { tables, checksums = false } = payload;
  const bytesOf = (oid: number) => work.tables.get(oid)?.bytes ?? 0;
  const hasOverrun = unit.overruns > 0;
  const [table] = tables;
  if (!table || tables.length > 1) return hasOverrun ? splitTables(unit, payload, bytesOf) : null;
  if (!hasOverrun && bytesOf(table.oid) < inPiecesFrom(checksums)) return null;
  const [source, target] = await Promise.all([
    measureHeap("source", sides.source, table),
    measureHeap("target", sides.target, table),
  ]);
  const summedUp = checksums ? { alone: await statementAlone(sides, table) } : null;
  return splitComparison(unit, table, { source, target }, hasOverrun, summedUp);
}

/** Counts a piece of a table on one side, or makes its checksum. The unit's result is what it found. */
export async function countUnit(work: UnitWork, payload: CountPayload): Promise<UnitResult> {
  const { side, table, range, checksums } = payload;
  const target = await work.sessions.target();
  const source = side === "source" || checksums ? await work.sessions.source() : null;
  return onceInLedger(target, ledgerKey(work), async () => {
    const client = side === "source" && source ? source : target;
    if (work.unit.overruns > 0) {
      const { extent } = await measureHeap(side, client, table, range);
      const split = splitCount(work.unit, payload, extent);
      if (split) return { rows: 0, bytes: 0, split };
    }
    const condition = range ? rangeCondition(range) : undefined;
    // In which form a value is compared is decided by both sides' catalogues.
    const found =
      checksums && source
        ? await readPart({ source, target }, payload, condition)
        : { rows: await countPart(client, table, condition) };
    if (side === "source") await refuseRewritten(client, [table]);
    return { ...found, bytes: 0 };
  });
}

/** Its checksum, or of a table that is known to differ what tells where. */
async function readPart(sides: Sides, { side, table, search }: CountPayload, condition?: string) {
  if (!search) return sumPart(sides, side, table, condition);
  return { rows: 0, looked: await lookInPart(sides, side, table, search, condition) };
}
