import type { CountedSide, SearchRound } from "@/lib/plan/unit";
import type { FoundRows } from "./find-rows";
import { type ListedRow, matchRows } from "./match-rows";
import { type Bucket, differingBuckets, EVERYWHERE, MOST_LISTED, nextLook } from "./narrow";

/**
 * A table that is too large to be looked through in one step is looked through in pieces, as often as it takes. Each
 * piece tells its buckets, which are kept until all have: so a round makes fewer of them than a look at the whole does.
 */
const BITS_PER_ROUND = 8;

/** What a piece has found. */
export type Looked = { buckets: Bucket[] } | { listed: ListedRow[] };

export const FIRST_ROUND: SearchRound = {
  ...{ round: 1, within: EVERYWHERE, complete: true },
  look: { as: "buckets", bits: BITS_PER_ROUND },
};

/** Pure: the rows that differ, or what to look for next to find them. */
export function afterRound(
  at: SearchRound,
  found: Record<CountedSide, Looked[]>,
  mostListed = MOST_LISTED,
): SearchRound | FoundRows {
  const { look, round, complete } = at;
  if (look.as === "rows") {
    return { mismatches: matchRows(rowsOf(found.source), rowsOf(found.target)), complete };
  }
  const differing = differingBuckets(addUp(found.source), addUp(found.target));
  const next = nextLook(differing, look.bits, mostListed);
  return {
    round: round + 1,
    within: next.within,
    complete: complete && next.complete,
    look: next.look === "list" ? { as: "rows" } : { as: "buckets", bits: look.bits + BITS_PER_ROUND },
  };
}

const rowsOf = (looked: Looked[]) => looked.flatMap((one) => ("listed" in one ? one.listed : []));

/** A bucket of the table is that of all of its pieces together. */
function addUp(looked: Looked[]): Bucket[] {
  const all = new Map<string, { rows: number; sum: bigint }>();
  for (const { bucket, rows, sum } of looked.flatMap((one) => ("buckets" in one ? one.buckets : []))) {
    const before = all.get(bucket) ?? { rows: 0, sum: 0n };
    all.set(bucket, { rows: before.rows + rows, sum: before.sum + BigInt(sum) });
  }
  return [...all].map(([bucket, { rows, sum }]) => ({ bucket, rows, sum: sum.toString() }));
}
