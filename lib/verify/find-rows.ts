import type { Client } from "pg";
import { type CountedSide, countedSides, type RowBuckets } from "@/lib/plan/unit";
import { quoteLiteral, quoteQualified } from "@/lib/postgres/quote";
import type { BothSides, HashedTable } from "./checksums";
import { type ListedRow, type Mismatch, matchRows } from "./match-rows";
import { BITS_PER_LEVEL, type Bucket, differingBuckets, EVERYWHERE, MOST_LISTED, nextLook } from "./narrow";
import { rowHash } from "./row-hash";
import type { TableHashing } from "./table-hashing";

export type ComparableTable = HashedTable & { columns: TableHashing };

export interface FoundRows {
  mismatches: Mismatch[];
  complete: boolean;
}

/** Looks for the rows that make two checksums differ. Each look reads the table once on each side, at most five times. */
export async function findRows(sides: BothSides, table: ComparableTable, mostListed = MOST_LISTED): Promise<FoundRows> {
  let within = EVERYWHERE;
  let complete = true;
  for (;;) {
    const bits = within.bits + BITS_PER_LEVEL;
    const [source, target] = await onBoth((side) => readBuckets(sides[side], side, table, within, bits));
    const next = nextLook(differingBuckets(source, target), bits, mostListed);
    complete &&= next.complete;
    within = next.within;
    if (next.look === "deeper") continue;
    const [here, there] = await onBoth((side) => listRows(sides[side], side, table, within));
    return { mismatches: matchRows(here, there), complete };
  }
}

/** On both sides at once: they are two servers, and mostly two processors. */
async function onBoth<T>(read: (side: CountedSide) => Promise<T>): Promise<[T, T]> {
  const [source, target] = countedSides;
  return Promise.all([read(source), read(target)]);
}

const lowest = (bits: number) => `${(1n << BigInt(bits)) - 1n}::int8`;

/** Place and hash of each row. Both are worked out once: without OFFSET the subquery would be dissolved. */
function places({ table, columns, hashing }: ComparableTable, side: CountedSide, condition: string): string {
  const { key, columns: all } = columns[side];
  const hash = rowHash(all, hashing);
  const rows = `only ${quoteQualified(table.schema, table.name)} t where ${condition}`;
  const row = key ? `${rowHash(key, hashing)} as place, ${hash} as hash` : `h as place, h as hash`;
  const from = key ? rows : `(select ${hash} as h, t.ctid from ${rows} offset 0) t`;
  return `(select ${row}, t.ctid from ${from} offset 0) p`;
}

const isWithin = ({ bits, buckets }: RowBuckets) =>
  bits === 0 ? "true" : `p.place & ${lowest(bits)} = any (${quoteLiteral(`{${buckets.join(",")}}`)}::int8[])`;

/** Of the rows that meet the condition, on one side. */
export async function readBuckets(
  client: Client,
  side: CountedSide,
  table: ComparableTable,
  within: RowBuckets,
  bits: number,
  condition = "true",
): Promise<Bucket[]> {
  const { rows } = await client.query<Bucket>(`
    select (p.place & ${lowest(bits)})::text as bucket, count(*)::float8 as rows, sum(p.hash)::text as sum
      from ${places(table, side, condition)} where ${isWithin(within)} group by 1`);
  return rows;
}

/** Of the rows that meet the condition, on one side. */
export async function listRows(
  client: Client,
  side: CountedSide,
  table: ComparableTable,
  within: RowBuckets,
  condition = "true",
): Promise<ListedRow[]> {
  if (within.buckets.length === 0) return [];
  const { rows } = await client.query<ListedRow>(`
    select p.place::text as place, p.hash::text as hash, p.ctid::text as ctid
      from ${places(table, side, condition)} where ${isWithin(within)}`);
  return rows;
}
