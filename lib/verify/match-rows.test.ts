import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ListedRow, matchRows } from "./match-rows";
import { BITS_PER_LEVEL, differingBuckets, nextLook } from "./narrow";

const row = (place: number, hash: number, at: string): ListedRow => ({ place: `${place}`, hash: `${hash}`, ctid: at });
const rows = fc.array(fc.tuple(fc.nat(6), fc.nat(2))).map((list) => list.map(([p, h], i) => row(p, h, `(0,${i})`)));

const multiset = (list: ListedRow[]) => list.map(({ place, hash }) => `${place}/${hash}`).sort();

describe("rows of both sides", () => {
  it("are told apart so that what is told turns one side into the other", () => {
    fc.assert(
      fc.property(rows, rows, (source, target) => {
        const found = matchRows(source, target);
        const lost = new Set(found.map((one) => one.source));
        const come = new Set(found.map((one) => one.target));
        const left = source.filter((one) => !lost.has(one));
        expect(multiset(left)).toEqual(multiset(target.filter((one) => !come.has(one))));
        for (const { source: one, target: other } of found) expect(one?.hash).not.toBe(other?.hash);
      }),
    );
  });

  it("are the same in any order", () => {
    fc.assert(
      fc.property(rows, (source) => {
        expect(matchRows(source, [...source].reverse())).toEqual([]);
      }),
    );
  });
});

describe("buckets", () => {
  const bucket = (name: string, count: number, sum: string) => ({ bucket: name, rows: count, sum });

  it("differ where only one side has one, where rows are missing, and where sums are not alike", () => {
    const source = [bucket("1", 2, "5"), bucket("2", 1, "7"), bucket("3", 1, "1"), bucket("4", 3, "3")];
    const target = [bucket("1", 2, "5"), bucket("3", 1, "2"), bucket("4", 2, "3"), bucket("5", 1, "1")];
    expect(differingBuckets(source, target)).toEqual([
      { bucket: "2", rows: 1 },
      { bucket: "3", rows: 2 },
      { bucket: "4", rows: 5 },
      { bucket: "5", rows: 1 },
    ]);
  });

  it("are looked into until few rows are left, and never for ever", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 1_000_000_000 }), { minLength: 1, maxLength: 4096 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 4 }), (list, level) => {
        const differing = list.map((size, index) => ({ bucket: `${index}`, rows: size }));
        const next = nextLook(differing, level * BITS_PER_LEVEL);
        const chosen = differing.filter((one) => next.within.buckets.includes(one.bucket));
        const total = chosen.reduce((sum, one) => sum + one.rows, 0);
        if (next.look === "list") expect(total).toBeLessThanOrEqual(50_000);
        else expect(chosen.length).toBeLessThanOrEqual(16);
        if (level === 4) expect(next.look).toBe("list");
        expect(next.complete).toBe(chosen.length === differing.length);
        // Unless a bucket of a four-thousandth of a four-thousandth is still too large, there is always something to look at.
        if (level < 4) expect(chosen.length).toBeGreaterThan(0);
      }),
    );
  });
});
