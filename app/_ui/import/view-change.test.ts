import fc from "fast-check";
import { expect, it } from "vitest";
import type { ImportView } from "@/lib/imports/view";
import { aBlock, aTable, aView } from "../fixtures/import-view";
import { applyChange, diffViews, same } from "./view-change";

const table = fc
  .record({
    name: fc.constantFrom("orders", "customers", "items"),
    rowsDone: fc.nat(5),
    counted: fc.option(fc.record({ source: fc.nat(3), target: fc.nat(3), valuesDiffer: fc.boolean() })),
  })
  .map((more) => aTable(more));

const view: fc.Arbitrary<ImportView> = fc
  .record({
    headline: fc.constantFrom("Copying orders.", "Copied."),
    status: fc.constantFrom("running" as const, "succeeded" as const),
    finishedAt: fc.constantFrom(null, "2026-03-01T12:00:30.000Z"),
    tables: fc.array(table, { maxLength: 6 }),
    lanes: fc.array(
      fc.record({ lane: fc.nat(2), from: fc.nat(4) }).map(({ lane, from }) => aBlock(lane, from, from + 1)),
      { maxLength: 5 },
    ),
  })
  .map((more) => aView(more));

it("what is sent, applied to what was there, is what is there now", () => {
  fc.assert(
    fc.property(view, view, (before, after) => {
      const sent = JSON.parse(JSON.stringify(diffViews(before, after)));
      expect(applyChange(before, sent)).toEqual(after);
    }),
  );
});

it("sends only what moved and keeps the rest as it was", () => {
  const before = aView({ tables: [aTable({ name: "a" }), aTable({ name: "b" })] });
  const after = { ...before, tables: [aTable({ name: "a" }), aTable({ name: "b", rowsDone: 7 })] };
  const change = diffViews(before, after);
  expect(change).toEqual({ fields: {}, lists: { tables: { length: 2, entries: [[1, after.tables[1]]] } } });
  expect(applyChange(before, change).tables[0]).toBe(before.tables[0]);
});

it("sends nothing when nothing moved", () => {
  expect(diffViews(aView(), aView())).toEqual({ fields: {}, lists: {} });
});

it.each([
  [{ a: 1 }, { a: 1 }, true],
  [{ a: 1 }, { b: 1 }, false],
  [{ a: undefined }, { b: 1 }, false],
  [[1, 2], [1, 2, 3], false],
  [[], {}, false],
  [null, {}, false],
  [{ a: [{ b: null }] }, { a: [{ b: null }] }, true],
])("compares %j with %j", (left, right, expected) => {
  expect(same(left, right)).toBe(expected);
});
