import { expect, it } from "vitest";
import { FAILPOINTS } from "@/lib/failpoints/names";
import { readFailpoints } from "../failpoints";
import { CELLS, cellName, cellsNamed, failpointsOf } from "./cells";
import { MODES } from "./modes";

it("every failpoint has a cell in which it kills", () => {
  const killing = new Set(CELLS.filter(({ action }) => action === "kill").map(({ name }) => name));
  expect([...killing].sort()).toEqual(Object.keys(FAILPOINTS).sort());
});

it("no cell is there twice", () => {
  expect(new Set(CELLS.map(cellName)).size).toBe(CELLS.length);
});

it("every circumstance is used", () => {
  expect([...new Set(CELLS.map(({ mode }) => mode))].sort()).toEqual(Object.keys(MODES).sort());
});

it("every cell can be told to an engine", () => {
  for (const cell of CELLS) {
    const { mode, ...armed } = cell;
    expect(readFailpoints(failpointsOf(cell, MODES[mode].before)).at(-1)).toEqual(armed);
  }
});

it("a cell is found by its name, and several by the beginning of theirs", () => {
  expect(cellsNamed("gate.checked:kill:1:long").map(cellName)).toEqual(["gate.checked:kill:1:long"]);
  expect(cellsNamed("gate.checked:kill:1").map(cellName)).toEqual(["gate.checked:kill:1:long"]);
  expect(cellsNamed("gate.checked").length).toBe(3);
  expect(cellsNamed("ledger.worked").length).toBeGreaterThan(20);
  expect(cellsNamed("gate")).toEqual([]);
});
