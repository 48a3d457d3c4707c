import { carryBytes, measureObjects } from "@/lib/copy/large-objects";
import { onceInLedger } from "@/lib/copy/ledger";
import { makeObjects } from "@/lib/copy/own-objects";
import { failpoint } from "@/lib/failpoints";
import { splitObjects, weightOf } from "@/lib/plan/split-objects";
import type { ObjectsPart } from "@/lib/plan/unit";
import type { UnitResult } from "../queue/settle";
import type { UnitWork } from "./run-unit";

/** More is cut before it is begun, as tables are. */
const CUT_FROM_BYTES = 512 * 1024 * 1024;
const CUT_TO_BYTES = 256 * 1024 * 1024;

/**
 * Brings the large objects of a range, or some bytes of one. Their number is known from the plan, but how long they are
 * only from here, so that the unit is cut now if there is too much of it; that is recorded as it is for a copy.
 */
export async function objectsUnit(work: UnitWork, part: ObjectsPart): Promise<UnitResult> {
  const [source, target] = await Promise.all([work.sessions.source(), work.sessions.target()]);
  const { importId, epoch, unit } = work;
  const key = { importId, epoch, unitId: unit.id };
  const measured = await measureObjects(source, part.range);
  const { objects, restFrom } = measured;
  const make = () => makeObjects({ source, target, key, range: part.range, oids: objects.map(({ oid }) => oid) });
  if (part.bytes) {
    // Several units bring the bytes of this one: whichever comes first makes it, in a transaction that ends at once.
    await onceInLedger(target, { ...key, unitId: `large-object:${part.range.from}` }, async () => {
      await make();
      return {};
    });
    await failpoint("objects.made", { of: unit.id, session: target });
  }
  return onceInLedger(target, key, async () => {
    const weight = weightOf(part, objects);
    if (work.cut || weight > CUT_FROM_BYTES || restFrom !== null) {
      const mostBytes = work.cut ? Math.min(weight / 2, CUT_TO_BYTES) : CUT_TO_BYTES;
      const split = splitObjects({ id: unit.id, subject: unit.subject, part }, measured, mostBytes);
      if (split) {
        await failpoint("objects.cut", { of: unit.id, session: target });
        return { rows: 0, bytes: 0, split };
      }
    }
    if (!part.bytes) await make();
    const onBytes = (bytes: number) => work.onProgress({ rows: 0, bytes });
    const bytes = await carryBytes({ source, target, onBytes }, part, objects);
    // An object in several units is counted with its first bytes.
    return { rows: (part.bytes?.from ?? 0) === 0 ? objects.length : 0, bytes };
  });
}
