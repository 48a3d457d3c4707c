import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TableState } from ".";
import { countedRows, tableViews } from "./table-view";
import { aPlannedTable, aUnit, plannedTables, unitRows } from "./unit-arbitraries";
import type { UnitRow } from "./unit-row";

const part = (state: UnitRow["state"], more: Partial<UnitRow> = {}) => aUnit({ state, tables: [1], ...more });
const index = (state: UnitRow["state"]) => aUnit({ kind: "index", state, tables: [1] });
const view = (units: UnitRow[], more = {}) => tableViews([aPlannedTable(more)], units, new Map())[0];

describe("a table", () => {
  it.each<[TableState, UnitRow[], boolean?]>([
    ["waiting", [part("ready")]],
    ["waiting", [part("ready"), part("ready")]],
    ["copying", [part("running")]],
    ["copying", [part("done"), part("ready")]],
    ["copied", [part("done"), index("ready")]],
    ["indexing", [part("done"), index("running"), index("done")]],
    ["done", [part("done")]],
    ["done", [part("done"), index("done")]],
    ["failed", [part("failed")]],
    ["failed", [part("done"), index("failed")]],
    ["skipped", [index("done")], false],
    ["waiting", [aUnit({ state: "ready", tables: [1] }), aUnit({ state: "done", tables: [2] })]],
  ])("is %s", (state, units, withData = true) => {
    expect(view(units, { withData })?.state).toBe(state);
  });

  it("is as far as its parts, those under way by their bytes", () => {
    const units = [
      part("done", { tableResults: { "1": { rows: 480, bytes: 41_000 } } }),
      part("running", { bytesDone: 20_000 }),
    ];
    expect(view(units)).toMatchObject({
      rowsDone: 480 + 250,
      rowsExpected: 1_000,
      bytesDone: 61_000,
      partsDone: 1,
      parts: 2,
    });
  });

  it("expects what has arrived, when all of it has", () => {
    const units = [part("done", { tableResults: { "1": { rows: 480, bytes: 41_000 } } })];
    expect(view(units)).toMatchObject({ rowsDone: 480, rowsExpected: 480 });
  });

  it("expects no row where none is wanted", () => {
    expect(view([], { withData: false })).toMatchObject({ rowsExpected: 0, bytesExpected: 0, parts: 0 });
  });

  it("in a bundle under way says nothing of itself yet", () => {
    expect(view([part("running", { bytesDone: 500, tables: [1, 2] })])).toMatchObject({ rowsDone: 0, bytesDone: 0 });
  });

  it("shows the rows that were counted on each side, whatever dots its name holds", () => {
    const tables = [aPlannedTable({ schema: "a.b", name: "c" }), aPlannedTable({ oid: 2, schema: "a", name: "b.c" })];
    const counted = countedRows([{ kind: "rows", subject: '"a.b".c', source: "1", target: "1" }]);
    const shown = tableViews(tables, [], counted).map((one) => one.counted);
    expect(shown).toEqual([{ source: 1, target: 1, valuesDiffer: false }, null]);
  });

  it("is not equal with as many rows and other values", () => {
    const counts = { kind: "rows", subject: "a.b", source: "1", target: "1" };
    const counted = countedRows([counts, { ...counts, kind: "values", source: "17", target: "18" }]);
    expect(counted.get("a.b")).toEqual({ source: 1, target: 1, valuesDiffer: true });
  });
});

describe("tables", () => {
  it("never have more done than expected, and keep their order", () => {
    fc.assert(
      fc.property(plannedTables, unitRows, (tables, units) => {
        const views = tableViews(tables, units, new Map());
        expect(views.map(({ name }) => name)).toEqual(tables.map(({ name }) => name));
        for (const [place, one] of views.entries()) {
          expect(one.partsDone).toBeLessThanOrEqual(one.parts);
          if (tables[place]?.withData) expect(one.rowsDone).toBeLessThanOrEqual(one.rowsExpected);
          for (const value of Object.values(one))
            if (typeof value === "number") expect(value).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
