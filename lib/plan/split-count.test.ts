import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowsAtEdges, timesCopied } from "./coverage";
import { key, keyValue } from "./plan-arbitraries";
import type { PartExtent } from "./split-copy";
import { type CountedHeap, splitComparison, splitCount, splitTables } from "./split-count";
import { type CopyPart, type CountedSide, countedSides, type UnitPiece } from "./unit";

const GB = 1024 ** 3;
const PAGE = 8_192;
const table = { oid: 1, schema: "public", name: "orders" };
const unit = { id: "verify:7", subject: "public.orders", cost: 8 };

const heapOf = (pages: number): CountedHeap => ({ bytes: pages * PAGE, extent: { pages } });
const pages = fc.oneof(fc.nat(20), fc.nat(2_000_000), fc.nat(2_000_000_000));
const byPages = pages.map(heapOf);
const byKey = fc.record({
  bytes: fc.nat(40 * GB),
  extent: key.chain((one) => fc.record({ key: fc.constant(one), least: keyValue(one.type), most: keyValue(one.type) })),
});
const whole = fc.record({ bytes: fc.nat(40 * GB), extent: fc.constant(null) });
const heaps = fc.record({ source: fc.oneof(byPages, byKey, whole), target: fc.oneof(byPages, whole) });

const partsOf = (pieces: UnitPiece[], side: CountedSide): CopyPart[] =>
  pieces.flatMap(({ payload }) => (payload.kind === "count" && payload.side === side ? [payload] : []));
const idsOf = (pieces: UnitPiece[]) => pieces.map(({ id }) => id);
const sumOf = (pieces: UnitPiece[]) => pieces.filter(({ payload }) => payload.kind === "verify");

/** Every row of both sides once, wherever it may be. */
function expectOnce(pieces: UnitPiece[]): void {
  for (const side of countedSides) {
    const parts = partsOf(pieces, side);
    const times = timesCopied(parts);
    const far = [0, 2 ** 32 - 2].map((page) => ({ oid: table.oid, page, key: 0n }));
    expect([...rowsAtEdges(parts), ...far].filter((row) => times(row) !== 1)).toEqual([]);
  }
  expect(new Set(idsOf(pieces)).size).toBe(pieces.length);
}

describe("the comparison of a large table", () => {
  it("goes over every row of each side once, and waits for all counts", () => {
    fc.assert(
      fc.property(heaps, fc.boolean(), (sides, hasOverrun) => {
        const pieces = splitComparison(unit, table, sides, hasOverrun);
        const isLarge = countedSides.some((side) => sides[side].bytes >= 2 * GB);
        expect(pieces !== null).toBe(isLarge || hasOverrun);
        if (!pieces) return;
        expectOnce(pieces);
        const counts = pieces.filter(({ payload }) => payload.kind === "count");
        expect(sumOf(pieces)).toMatchObject([{ id: "verify:7/sum", after: idsOf(counts), payload: { counted: true } }]);
        expect(counts.every(({ after }) => after === undefined)).toBe(true);
        for (const side of countedSides) {
          expect(partsOf(pieces, side).length).toBeLessThanOrEqual(1_000);
          if (sides[side].extent === null) expect(partsOf(pieces, side)).toMatchObject([{ range: null }]);
        }
      }),
    );
  });

  it("has every page in one piece, whatever its size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.boolean(), (count, hasOverrun) => {
        // As if a page were large, so that each can be looked at.
        const heap = { bytes: count * GB, extent: { pages: count } };
        const pieces = splitComparison(unit, table, { source: heap, target: heap }, hasOverrun) ?? [];
        for (const side of pieces.length > 0 ? countedSides : []) {
          const times = timesCopied(partsOf(pieces, side));
          for (let page = 0; page <= count; page++) expect(times({ oid: 1, page, key: 0n })).toBe(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("is made of counts of a few seconds each on an ordinary server", () => {
    const heap = heapOf((250e9 / PAGE) | 0);
    const pieces = splitComparison(unit, table, { source: heap, target: heap }, false) ?? [];
    expect(partsOf(pieces, "source")).toHaveLength(233);
    const costs = pieces.map(({ cost }) => cost);
    expect(Math.max(...costs)).toBeLessThan(3);
    expect(pieces[2]).toMatchObject({ id: "verify:7/source:3", subject: "public.orders on the source, part 3" });
  });
});

describe("a count that has overrun a step", () => {
  it("is halved again and again, and every row is still counted once", () => {
    const cuts = fc.array(fc.record({ which: fc.nat(), pages }), { maxLength: 30 });
    fc.assert(
      fc.property(byPages, cuts, (heap, list) => {
        let pieces = splitComparison(unit, table, { source: heap, target: heap }, true) ?? [];
        for (const { which, pages: now } of list) {
          const piece = pieces[which % pieces.length];
          if (piece?.payload.kind !== "count") continue;
          // Under a later snapshot there may be more or fewer than when it was cut.
          const halves = splitCount(piece, piece.payload, { pages: now });
          if (halves) pieces = [...pieces.filter((other) => other !== piece), ...halves];
        }
        expectOnce(pieces);
      }),
    );
  });

  it.each<[string, CopyPart["range"], PartExtent | null, string[] | null]>([
    ["a range", { from: 4, to: 8 }, { pages: 9 }, ["s, part 2.1", "s, part 2.2"]],
    ["a table that was to be counted whole", null, { pages: 9 }, ["s, part 2, part 1", "s, part 2, part 2"]],
    ["one page", { from: 4, to: 5 }, { pages: 9 }, null],
    ["a table that cannot be read in parts", null, null, null],
  ])("%s", (_name, range, extent, subjects) => {
    const count = { id: "verify:7/target:2", subject: "s, part 2", cost: 2 };
    const pieces = splitCount(count, { kind: "count", side: "target", table, range }, extent);
    expect(pieces?.map(({ subject }) => subject) ?? null).toEqual(subjects);
    for (const piece of pieces ?? []) expect(piece).toMatchObject({ cost: 1, payload: { side: "target", table } });
  });
});

it("a comparison of several tables is halved by size", () => {
  const tables = [50, 30, 10, 5, 5].map((_, oid) => ({ ...table, oid, name: `t${oid}` }));
  const pieces = splitTables(unit, { kind: "verify", tables, checksums: true }, (oid) => [50, 30, 10, 5, 5][oid] ?? 0);
  expect(pieces).toMatchObject([
    { id: "verify:7/1", subject: "public.t0", cost: 4, payload: { tables: tables.slice(0, 1), checksums: true } },
    {
      id: "verify:7/2",
      subject: "public.t1 and 3 more",
      cost: 4,
      payload: { tables: tables.slice(1), checksums: true },
    },
  ]);
  expect(splitTables(unit, { kind: "verify", tables: [table] }, () => 1)).toBeNull();
});
