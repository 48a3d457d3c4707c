import fc from "fast-check";
import { expect, it, test } from "vitest";
import { aTable } from "../fixtures/import-view";
import {
  chooseTables,
  countByFilter,
  type TableChoice,
  tableFilters,
  tableFraction,
  tableRows,
  tableSorts,
} from "./table-rows";

const everything: TableChoice = { search: "", filter: "all", sort: "name", isDescending: false };
const names = (tables: { name: string }[]) => tables.map((table) => table.name);

test.each([
  [{ state: "waiting" as const, bytesDone: 10 }, 0],
  [{ state: "copying" as const, bytesDone: 20_000, bytesExpected: 80_000 }, 0.25],
  [{ state: "copying" as const, bytesDone: 90_000, bytesExpected: 80_000 }, 1],
  [{ state: "copying" as const, bytesExpected: 0, rowsDone: 1, rowsExpected: 4 }, 0.25],
  [{ state: "copying" as const, bytesExpected: 0, rowsExpected: 0 }, 0],
  [{ state: "copied" as const, bytesDone: 0, bytesExpected: 0 }, 1],
  [{ state: "failed" as const, bytesDone: 40_000 }, 0.5],
  [{ state: "skipped" as const, bytesDone: 0 }, 0],
])("of a table %j the share %d has arrived", (more, fraction) => {
  expect(tableFraction(aTable(more))).toBe(fraction);
});

it("shows the estimate of rows until all have been counted", () => {
  expect(tableRows(aTable({ state: "copying", rowsDone: 400, rowsExpected: 990 }))).toBe(990);
  expect(tableRows(aTable({ state: "done", rowsDone: 1_000, rowsExpected: 990 }))).toBe(1_000);
});

it("finds every word of the search in the qualified name, in any case", () => {
  const tables = [aTable({ schema: "sales", name: "Orders" }), aTable({ schema: "stock", name: "orders_2024" })];
  expect(names(chooseTables(tables, { ...everything, search: "SALES.ord" }))).toEqual(["Orders"]);
  expect(names(chooseTables(tables, { ...everything, search: "2024 stock" }))).toEqual(["orders_2024"]);
  expect(chooseTables(tables, { ...everything, search: "sales 2024" })).toEqual([]);
});

it("sorts by size downwards and by name where sizes are equal", () => {
  const tables = [
    aTable({ name: "b", bytesExpected: 5 }),
    aTable({ name: "a", bytesExpected: 5 }),
    aTable({ name: "c", bytesExpected: 9 }),
  ];
  expect(names(chooseTables(tables, { ...everything, sort: "size", isDescending: true }))).toEqual(["c", "a", "b"]);
});

const tables = fc.array(
  fc
    .record({
      name: fc.string({ maxLength: 3 }),
      state: fc.constantFrom("waiting" as const, "copying" as const, "done" as const, "failed" as const),
      bytesExpected: fc.nat(5),
    })
    .map((more) => aTable(more)),
  { maxLength: 12 },
);

it("the filters part the tables, and no choice loses or doubles one", () => {
  fc.assert(
    fc.property(tables, fc.constantFrom(...tableSorts), fc.boolean(), (list, sort, isDescending) => {
      const counts = countByFilter(list);
      for (const filter of tableFilters) {
        expect(chooseTables(list, { search: "", filter, sort, isDescending })).toHaveLength(counts[filter]);
      }
      expect(counts.moving + counts.waiting + counts.done + counts.failed).toBe(counts.all);
      expect(new Set(chooseTables(list, { search: "", filter: "all", sort, isDescending }))).toEqual(new Set(list));
    }),
  );
});

it("leaves the list it was given as it was", () => {
  const list = [aTable({ name: "b" }), aTable({ name: "a" })];
  chooseTables(list, everything);
  expect(names(list)).toEqual(["b", "a"]);
});
