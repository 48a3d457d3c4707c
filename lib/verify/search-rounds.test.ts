import fc from "fast-check";
import { expect, it } from "vitest";
import type { CountedSide, SearchRound } from "@/lib/plan/unit";
import type { FoundRows } from "./find-rows";
import { type ListedRow, matchRows } from "./match-rows";
import { afterRound, FIRST_ROUND, type Looked } from "./search-rounds";

type Table = Record<CountedSide, ListedRow[][]>;

/** What a server answers about a piece. */
function lookAt(rows: ListedRow[], { within, look }: SearchRound): Looked {
  const lowest = (place: string, bits: number) => (BigInt(place) & ((1n << BigInt(bits)) - 1n)).toString();
  const listed = rows.filter(({ place }) => within.bits === 0 || within.buckets.includes(lowest(place, within.bits)));
  if (look.as === "rows") return { listed };
  const buckets = new Map<string, { rows: number; sum: bigint }>();
  for (const { place, hash } of listed) {
    const bucket = lowest(place, look.bits);
    const before = buckets.get(bucket) ?? { rows: 0, sum: 0n };
    buckets.set(bucket, { rows: before.rows + 1, sum: before.sum + BigInt(hash) });
  }
  return { buckets: [...buckets].map(([bucket, { rows, sum }]) => ({ bucket, rows, sum: `${sum}` })) };
}

function search(table: Table, mostListed: number): { found: FoundRows; rounds: number } {
  let at: SearchRound = FIRST_ROUND;
  for (;;) {
    const lookIn = (side: CountedSide) => table[side].map((piece) => lookAt(piece, at));
    const next = afterRound(at, { source: lookIn("source"), target: lookIn("target") }, mostListed);
    if ("mismatches" in next) return { found: next, rounds: at.round };
    expect(next.round).toBe(at.round + 1);
    at = next;
  }
}

const bigint64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const tables = fc
  .record({
    places: fc.uniqueArray(bigint64, { maxLength: 300 }),
    pieces: fc.record({ source: fc.integer({ min: 1, max: 6 }), target: fc.integer({ min: 1, max: 6 }) }),
    harmed: fc.uniqueArray(fc.nat(299), { maxLength: 12 }),
    shuffle: fc.nat(),
  })
  .map(({ places, pieces, harmed, shuffle }) => {
    const row = (place: bigint, change: bigint): ListedRow => ({
      place: `${place}`,
      hash: `${place ^ change}`,
      ctid: "",
    });
    const rows = places.map((place) => row(place, 0n));
    const harms = harmed.filter((at) => at < places.length);
    // Of three, one is missing on the target, one is changed there, one is missing on the source.
    const target = rows.flatMap((one, at) =>
      !harms.includes(at) || at % 3 === 2 ? [one] : at % 3 === 0 ? [] : [row(BigInt(one.place), 1n)],
    );
    const source = rows.filter((_, at) => !harms.includes(at) || at % 3 !== 2);
    const cut = (all: ListedRow[], count: number, by: number) =>
      Array.from({ length: count }, (_, piece) => all.filter((_, at) => (at * 7 + by) % count === piece));
    return { source: cut(source, pieces.source, 0), target: cut(target, pieces.target, shuffle) };
  });

it("what is found in pieces is what differs in the whole, however the pieces lie", () => {
  fc.assert(
    fc.property(tables, fc.constantFrom(4, 20, 50_000), (table, mostListed) => {
      const { found } = search(table, mostListed);
      const whole = matchRows(table.source.flat(), table.target.flat());
      if (found.complete) expect(found.mismatches).toEqual(whole);
      else expect(whole).toEqual(expect.arrayContaining(found.mismatches));
      expect(found.mismatches.length > 0).toBe(whole.length > 0);
    }),
  );
});

it("as many rounds are made as it takes to have few rows left", () => {
  const rows = Array.from({ length: 40_000 }, (_, at) => {
    const place = BigInt.asIntN(64, BigInt(at + 1) * 0x9e3779b97f4a7c15n);
    return { place: `${place}`, hash: `${place}`, ctid: `(${at},1)` };
  });
  const table = { source: [rows], target: [rows.slice(1)] };
  const [few, many] = [search(table, 10), search(table, 50_000)];
  expect([few.rounds, many.rounds]).toEqual([3, 2]);
  for (const { found } of [few, many]) {
    expect(found).toMatchObject({ complete: true, mismatches: [{ source: { ctid: "(0,1)" }, target: null }] });
  }
});
