import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SourceType } from "@/lib/source/type-facts";
import { pageRanges, planCopies, planTable } from "./copy-plan";
import { rowsAtEdges, timesCopied } from "./coverage";
import { server, serverOf, tableOf, tables } from "./plan-arbitraries";
import type { CopyPart, PageRange } from "./unit";

const MB = 1024 * 1024;

/** The ranges lie side by side from page 0 without end: a row on any page is in exactly one. */
function tile(ranges: PageRange[]): boolean {
  return (
    ranges.length > 0 &&
    ranges.every(({ from, to }, index) => {
      const next = ranges[index + 1];
      return (
        Number.isInteger(from) && (index > 0 || from === 0) && (next ? to === next.from && to > from : to === null)
      );
    })
  );
}

describe("page ranges", () => {
  it.each([
    [0, 0, 1],
    [0, 100, 1],
    [1, 1, 1],
    [256 * MB, 32_768, 1],
    [256 * MB + 1, 32_769, 2],
    [1024 * MB, 131_072, 4],
    [1024 * MB, 3, 3],
    [900_000 * MB, 1, 1],
  ])("%i bytes on %i pages are %i ranges", (bytes, pages, count) => {
    const ranges = pageRanges(bytes, pages);
    expect(ranges).toHaveLength(count);
    expect(tile(ranges)).toBe(true);
  });

  it("tile the table whatever its size", () => {
    const size = fc.oneof(fc.nat(4096), fc.integer({ min: 0, max: 2 ** 45 }));
    fc.assert(
      fc.property(size, fc.integer({ min: 0, max: 200_000_000 }), (bytes, pages) => {
        fc.pre(bytes / (256 * MB) < 20_000);
        expect(tile(pageRanges(bytes, pages))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

const lanes = fc.integer({ min: 1, max: 16 });

describe("copies", () => {
  const partsOf = (parts: CopyPart[], oid: number) => parts.filter((part) => part.table.oid === oid);

  it("hold every row of every table in exactly one part", () => {
    fc.assert(
      fc.property(tables(), server, lanes, (list, facts, count) => {
        const parts = planCopies(list, facts, count).flatMap((bundle) => bundle.parts);
        expect(new Set(parts.map((part) => part.table.oid))).toEqual(new Set(list.map((table) => table.oid)));
        for (const { oid } of list) {
          const own = partsOf(parts, oid);
          const ranges = own.map((part) => part.range).filter((range) => range !== null);
          if (ranges.length === 0) expect(own).toHaveLength(1);
          else expect(ranges).toHaveLength(own.length);
        }
        const copies = timesCopied(parts);
        expect(rowsAtEdges(parts).filter((row) => copies(row) !== 1)).toEqual([]);
      }),
    );
  });

  it("bundle only small tables, within bounds", () => {
    fc.assert(
      fc.property(tables(250), server, lanes, (list, facts, count) => {
        const sizes = new Map(list.map((table) => [table.oid, table.bytes]));
        for (const { parts, bytes } of planCopies(list, facts, count)) {
          expect(parts.length).toBeGreaterThan(0);
          if (parts.length === 1) continue;
          expect(parts.length).toBeLessThanOrEqual(100);
          expect(bytes).toBeLessThanOrEqual(32 * MB);
          expect(parts.every((part) => part.range === null)).toBe(true);
          expect(parts.reduce((sum, part) => sum + (sizes.get(part.table.oid) ?? 0), 0)).toBe(bytes);
        }
      }),
    );
  });

  it("of small tables keep every lane busy", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 250 }), lanes, (count, lanes) => {
        const list = Array.from({ length: count }, (_, index) => tableOf(index + 1, { bytes: 8_192 * (index % 50) }));
        expect(planCopies(list, serverOf(17), lanes).length).toBeGreaterThanOrEqual(Math.min(count, lanes) / 2);
      }),
    );
  });

  it("are cut by the key before range scans exist, and not without one", () => {
    const key = { column: "id", type: "int8" as const, bounds: ["0", "4000"] };
    const large = tableOf(1, { bytes: 1024 * MB, pages: 131_072, key });
    expect(planCopies([large], serverOf(13), 2).flatMap(({ parts }) => parts.map(({ range }) => range))).toEqual(
      [null, "1000", "2000", "3000"].map((from, index, all) => ({
        column: "id",
        type: "int8",
        from,
        to: all[index + 1] ?? null,
      })),
    );
    expect(planCopies([large], serverOf(14), 2)[0]?.parts[0]?.range).toEqual({ from: 0, to: 32_768 });
    const unknown = { ...large, key: { ...key, bounds: [] } };
    expect(planCopies([unknown], serverOf(13), 2)).toMatchObject([{ parts: [{ range: null }] }]);
  });

  it("are cut where range scans exist, and without a key only there", () => {
    const large = tableOf(1, { bytes: 1024 * MB, pages: 131_072 });
    expect(planCopies([large], serverOf(14), 2)).toHaveLength(4);
    expect(planCopies([large], serverOf(13), 2).map(({ parts }) => parts)).toEqual([
      [{ table: { oid: 1, schema: "public", name: "table_1" }, range: null }],
    ]);
  });

  it("of a table whose size is all TOAST are whole and may be frozen", () => {
    const toasted = tableOf(1, { bytes: 900 * MB, pages: 1 });
    expect(planCopies([toasted], serverOf(17), 2).flatMap(({ parts }) => parts)).toMatchObject([{ range: null }]);
  });

  it("are the same whatever order the catalogue has", () => {
    fc.assert(
      fc.property(tables(40), server, lanes, (list, facts, count) => {
        expect(planCopies([...list].reverse(), facts, count)).toEqual(planCopies(list, facts, count));
      }),
    );
  });
});

describe("a planned table", () => {
  const int4: SourceType = {
    oid: 23,
    name: "int4",
    type: "b",
    elementOid: 0,
    baseOid: 0,
    subtypeOid: 0,
    hasBinaryForm: true,
  };
  const xml: SourceType = { ...int4, oid: 142, name: "xml" };
  const types = new Map([int4, xml].map((type) => [type.oid, type]));
  const plan = (...columns: [string, number, boolean][]) =>
    planTable(
      tableOf(1, { columns: columns.map(([name, typeOid, generated]) => ({ name, typeOid, generated })) }),
      types,
      true,
    );

  it.each([
    ["portable columns", plan(["a", 23, false], ["b", 23, false]), ["a", "b"], "binary"],
    ["one column that is not", plan(["a", 23, false], ["b", 142, false]), ["a", "b"], "text"],
    ["a type nobody knows", plan(["a", 99_999, false]), ["a"], "text"],
    ["a generated column that would not travel", plan(["a", 23, false], ["b", 142, true]), ["a"], "binary"],
    ["nothing but generated columns", plan(["a", 23, true]), [], "text"],
    ["no column at all", plan(), [], "text"],
  ])("with %s", (_name, planned, columns, format) => {
    expect(planned).toMatchObject({ columns, format });
  });
});
