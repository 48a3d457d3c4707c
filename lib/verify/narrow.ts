import type { RowBuckets } from "@/lib/plan/unit";
import { MOST_NAMED_ROWS } from "./data-difference";

/**
 * Where rows differ is found by their place: the hash of the key, or of the whole row where there is none. Rows are put
 * into buckets by the lowest bits of it, buckets that differ into smaller ones by more bits, until few enough rows are
 * left to be listed.
 */
export const BITS_PER_LEVEL = 12;
const MOST_LEVELS = 4;
/** So many buckets are looked into at once: each makes 4096 smaller ones. */
const MOST_FOLLOWED = 16;
/** Rows that are listed on each side: about two megabytes. */
export const MOST_LISTED = 50_000;

export const EVERYWHERE: RowBuckets = { bits: 0, buckets: ["0"] };

export interface Bucket {
  bucket: string;
  rows: number;
  sum: string;
}

/** A bucket that is not the same on both sides, and the rows that both have in it. */
export interface DifferingBucket {
  bucket: string;
  rows: number;
}

/** Pure. */
export function differingBuckets(source: Bucket[], target: Bucket[]): DifferingBucket[] {
  const here = new Map(source.map((bucket) => [bucket.bucket, bucket]));
  const there = new Map(target.map((bucket) => [bucket.bucket, bucket]));
  return [...new Set([...here.keys(), ...there.keys()])].flatMap((bucket) => {
    const [one, other] = [here.get(bucket), there.get(bucket)];
    if (one && other && one.rows === other.rows && one.sum === other.sum) return [];
    return [{ bucket, rows: (one?.rows ?? 0) + (other?.rows ?? 0) }];
  });
}

export interface NextLook {
  /** List the rows, or make smaller buckets. */
  look: "list" | "deeper";
  /** What is looked into. */
  within: RowBuckets;
  /** Whether all that differs is in there. */
  complete: boolean;
}

/** Pure: what to do about buckets that differ; the fewer rows are in one, the better it tells. */
export function nextLook(differing: DifferingBucket[], bits: number, mostListed = MOST_LISTED): NextLook {
  const bySize = [...differing].sort((left, right) => left.rows - right.rows || (left.bucket < right.bucket ? -1 : 1));
  const fitting = fits(bySize, mostListed);
  const isLast = bits >= BITS_PER_LEVEL * MOST_LEVELS;
  const within = (list: DifferingBucket[]) => ({ bits, buckets: list.map(({ bucket }) => bucket) });
  if (fitting.length === bySize.length) return { look: "list", within: within(fitting), complete: true };
  if (!isLast && bySize.length <= MOST_FOLLOWED) return { look: "deeper", within: within(bySize), complete: true };
  if (fitting.length > 0 || isLast) return { look: "list", within: within(fitting), complete: false };
  return { look: "deeper", within: within(bySize.slice(0, MOST_FOLLOWED)), complete: false };
}

/** Each bucket has at least one row that differs: more of them than rows are named need not be looked into. */
function fits(bySize: DifferingBucket[], mostListed: number): DifferingBucket[] {
  let rows = 0;
  const fitting = bySize.filter((bucket) => {
    rows += bucket.rows;
    return rows <= mostListed;
  });
  return fitting.length === bySize.length ? fitting : fitting.slice(0, MOST_NAMED_ROWS);
}
