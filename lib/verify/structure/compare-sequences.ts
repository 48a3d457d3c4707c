import type { StructureDifference } from "./compare-structure";
import { nextValue, type SequenceFact } from "./facts";

export interface SequenceReadings {
  /** Where the source's sequences stand later than its facts were read, by `schema.name`; null where nobody looked. */
  sourceNow?: ReadonlyMap<string, SequenceFact> | null;
  /** Whether the target may have gone on: not right after an import. */
  targetMayMove?: boolean;
  /** The largest value in a sequence's column on the target, where it was asked for. */
  largest?: ReadonlyMap<string, string>;
}

export const sequenceName = ({ schema, name }: { schema: string; name: string }): string => `${schema}.${name}`;

/**
 * A sequence moves on while an import runs, whatever the snapshot: the target must stand somewhere between where the source
 * stood under the snapshot and where it stands now. Pure.
 */
export function compareSequences(
  pairs: readonly (readonly [SequenceFact, SequenceFact])[],
  { sourceNow, targetMayMove = false, largest }: SequenceReadings,
): StructureDifference[] {
  return pairs.flatMap(([was, is]): StructureDifference[] => {
    const subject = `sequence ${is.schema}.${is.name}`;
    const [wanted, found] = [nextValue(was), nextValue(is)];
    if (wanted === null || found === null || isSame(was, is)) return [];
    const later = sourceNow?.get(sequenceName(was));
    const now = later ? nextValue(later) : null;
    const words = { expected: expectation(wanted, now), found: `next value ${found}` };
    // One that has come round, or counts another way on the target, has no order: the archives tell of the latter.
    if (was.cycles || was.increment !== is.increment) {
      return now === wanted && !targetMayMove ? [{ code: "sequence.behind", subject, ...words }] : [];
    }
    const down = BigInt(was.increment) < 0n;
    if (isBefore(found, wanted, down)) return [{ code: "sequence.behind", subject, ...words }];
    if (!targetMayMove && now !== null && isBefore(now, found, down)) {
      return [{ code: "sequence.ahead", subject, ...words }];
    }
    const most = largest?.get(sequenceName(is));
    if (most !== undefined && !down && found <= BigInt(most)) {
      return [{ code: "sequence.below_rows", subject, expected: `next value beyond ${most}`, found: words.found }];
    }
    return [];
  });
}

export const isSame = (was: SequenceFact, is: SequenceFact): boolean =>
  was.lastValue === is.lastValue && was.isCalled === is.isCalled;

const isBefore = (left: bigint, right: bigint, down: boolean): boolean => (down ? left > right : left < right);

function expectation(wanted: bigint, now: bigint | null): string {
  return now === null || now === wanted ? `next value ${wanted}` : `next value between ${wanted} and ${now}`;
}
