import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TableKey } from "@/lib/source/table-keys";
import { planCopies } from "./copy-plan";
import { rowsAtEdges, timesCopied } from "./coverage";
import { copyUnits } from "./data-units";
import { key, keyValue, server, tables } from "./plan-arbitraries";
import { type CopyToSplit, type PartExtent, splitBundle, splitPart } from "./split-copy";
import type { CopyPart, CopyRange, Unit } from "./unit";

const MB = 1024 * 1024;

const toSplit = ({ payload, ...unit }: Omit<Unit, "dependsOn">): CopyToSplit => ({
  ...unit,
  parts: payload.kind === "copy" ? payload.parts : [],
});
const partsOf = (units: CopyToSplit[]) => units.flatMap(({ parts }) => parts);

/** Sizes of tables, heaps and keys when a unit is cut have nothing to do with what the plan knew. */
const extent: fc.Arbitrary<PartExtent> = fc.oneof(
  fc.record({ pages: fc.oneof(fc.nat(3), fc.nat(200_000)) }),
  key.chain((one) => fc.record({ key: fc.constant(one), least: keyValue(one.type), most: keyValue(one.type) })),
);
const cut = fc.record({ which: fc.nat(), extent });

/** As a key range is measured: with its own column, and between its own ends or not at all. */
function fitting(extent: PartExtent, part: CopyPart | undefined): PartExtent | null {
  const range = part?.range ?? null;
  if ("pages" in extent) return range && "column" in range ? null : extent;
  if (range && !("column" in range)) return null;
  if (!range) return extent;
  const own: TableKey = { ...extent.key, column: range.column, type: range.type };
  return own.type === extent.key.type && range.from !== null && range.to !== null
    ? { key: own, least: range.from, most: range.to }
    : null;
}

describe("units cut again and again", () => {
  it("bring every row exactly once, whatever is cut and wherever", () => {
    fc.assert(
      fc.property(tables(12), server, fc.array(cut, { maxLength: 40 }), (list, facts, cuts) => {
        const sizes = new Map(list.map(({ oid, bytes }) => [oid, bytes]));
        let units = copyUnits(planCopies(list, facts, 2), []).map(toSplit);
        const cost = units.reduce((sum, unit) => sum + unit.cost, 0);
        for (const { which, extent } of cuts) {
          const unit = units[which % Math.max(units.length, 1)];
          if (!unit) return;
          const pieces =
            splitBundle(unit, (oid) => sizes.get(oid) ?? 0) ?? splitPart(unit, fitting(extent, unit.parts[0]));
          if (!pieces) continue;
          expect(pieces.map(({ id }) => id)).toEqual([`${unit.id}/1`, `${unit.id}/2`]);
          expect(pieces.every((piece) => piece.payload.parts.length > 0)).toBe(true);
          units = [...units.filter((other) => other !== unit), ...pieces.map(toSplit)];
        }
        const parts = partsOf(units);
        const copies = timesCopied(parts);
        expect(rowsAtEdges(parts).filter((row) => copies(row) !== 1)).toEqual([]);
        // Whole means alone: it empties the table first.
        for (const { table, range } of parts) {
          if (range === null) expect(parts.filter((other) => other.table.oid === table.oid).length).toBe(1);
        }
        expect(new Set(parts.map(({ table }) => table.oid))).toEqual(new Set(list.map(({ oid }) => oid)));
        expect(new Set(units.map(({ id }) => id)).size).toBe(units.length);
        expect(units.reduce((sum, unit) => sum + unit.cost, 0)).toBeCloseTo(cost, 6);
      }),
      { numRuns: 150 },
    );
  });

  it("come to an end at pages and tables", () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.integer({ min: 1, max: 30 }), (pages, count) => {
        const parts = Array.from({ length: count }, (_, oid) => ({
          table: { oid, schema: "s", name: `t${oid}` },
          range: null,
        }));
        const open: CopyToSplit[] = [{ id: "copy:1", subject: "s", cost: 1, parts }];
        const smallest: CopyToSplit[] = [];
        for (let unit = open.pop(); unit; unit = open.pop()) {
          // Cutting only the first table of them to pages keeps this quick.
          const extent = unit.parts[0]?.table.oid === 0 ? { pages } : { pages: 1 };
          const pieces = splitBundle(unit, () => MB) ?? splitPart(unit, extent);
          if (pieces) open.push(...pieces.map(toSplit));
          else smallest.push(unit);
        }
        expect(smallest).toHaveLength(count - 1 + Math.max(pages, 1));
      }),
      { numRuns: 20 },
    );
  });
});

describe("a unit that is cut", () => {
  const table = { oid: 1, schema: "public", name: "orders" };
  const unit = (range: CopyRange | null, subject: string): CopyToSplit => ({
    id: "copy:7",
    subject,
    cost: 8,
    parts: [{ table, range }],
  });
  const int: TableKey = { column: "id", type: "int8", bounds: [] };

  it.each<[string, CopyToSplit, PartExtent | null, [CopyRange, CopyRange] | null]>([
    [
      "a table, by pages",
      unit(null, "public.orders"),
      { pages: 9 },
      [
        { from: 0, to: 4 },
        { from: 4, to: null },
      ],
    ],
    [
      "a range of pages",
      unit({ from: 4, to: 6 }, "public.orders, part 2"),
      { pages: 9 },
      [
        { from: 4, to: 5 },
        { from: 5, to: 6 },
      ],
    ],
    [
      "the open range at the end",
      unit({ from: 4, to: null }, "public.orders, part 2"),
      { pages: 8 },
      [
        { from: 4, to: 6 },
        { from: 6, to: null },
      ],
    ],
    ["one page", unit({ from: 4, to: 5 }, "public.orders, part 2"), { pages: 9 }, null],
    ["what lies past the end", unit({ from: 9, to: null }, "public.orders, part 2"), { pages: 9 }, null],
    ["a table of one page", unit(null, "public.orders"), { pages: 1 }, null],
    [
      "a table, by key",
      unit(null, "public.orders"),
      { key: int, least: "1", most: "10" },
      [
        { column: "id", type: "int8", from: null, to: "6" },
        { column: "id", type: "int8", from: "6", to: null },
      ],
    ],
    [
      "a range of a key",
      unit({ column: "id", type: "int8", from: "6", to: null }, "public.orders, part 2"),
      { key: int, least: "6", most: "7" },
      [
        { column: "id", type: "int8", from: "6", to: "7" },
        { column: "id", type: "int8", from: "7", to: null },
      ],
    ],
    [
      "one value",
      unit({ column: "id", type: "int8", from: "6", to: null }, "public.orders, part 2"),
      { key: int, least: "6", most: "6" },
      null,
    ],
    [
      "a range of one key, by another",
      unit({ column: "id", type: "int8", from: "6", to: null }, "public.orders, part 2"),
      { key: { ...int, column: "other" }, least: "6", most: "9" },
      null,
    ],
    ["a table without a key", unit(null, "public.orders"), null, null],
  ])("%s", (_name, one, extent, ranges) => {
    const pieces = splitPart(one, extent);
    expect(pieces?.map(({ payload }) => payload.parts) ?? null).toEqual(
      ranges?.map((range) => [{ table, range }]) ?? null,
    );
    for (const [index, piece] of (pieces ?? []).entries()) {
      expect(piece.id).toBe(`copy:7/${index + 1}`);
      expect(piece.cost).toBe(4);
      expect(piece.subject).toBe(
        one.parts[0]?.range ? `${one.subject}.${index + 1}` : `public.orders, part ${index + 1}`,
      );
    }
  });

  it("is two bundles of about the same size if it was one, with whole tables that may be frozen", () => {
    const sizes = [50, 30, 10, 5, 5];
    const parts = sizes.map((_, oid) => ({ table: { ...table, oid, name: `t${oid}` }, range: null }));
    const bundle = { id: "copy:2/1", subject: "public.t0 and 4 more", cost: 10, parts };
    const pieces = splitBundle(bundle, (oid) => sizes[oid] ?? 0);
    expect(pieces).toMatchObject([
      { id: "copy:2/1/1", subject: "public.t0", cost: 5, payload: { parts: parts.slice(0, 1) } },
      { id: "copy:2/1/2", subject: "public.t1 and 3 more", cost: 5, payload: { parts: parts.slice(1) } },
    ]);
  });
});
