import { afterAll, beforeAll, expect, it } from "vitest";
import { SOURCE, TARGET } from "@/e2e/imports/scene";
import { testServer } from "@/e2e/servers/test-servers";
import { type Arena, openArena } from "../arena";
import { cellsNamed } from "./cells";
import { isPassed, runGrid } from "./grid";
import { cellLines } from "./report";
import { GRID_SHAPE_SQL } from "./shape";

/** Cells of `npm run faults -- --grid`: not begun, done on the target and not told, and an end that is told to nobody. */
const CELLS = ["start.moved:kill:1:long", "ledger.committed/copy:kill:2:long", "finish.ledger-dropped:kill:1:long"];
/** A quarter of a minute, but for a machine that is busy with others. */
const LIMIT_MS = 240_000;

let arena: Arena;

beforeAll(async () => {
  arena = await openArena(await testServer(SOURCE), await testServer(TARGET), GRID_SHAPE_SQL);
});
afterAll(() => arena?.template.drop());

it(
  "imports whose engine is killed at a boundary arrive whole",
  async () => {
    const results = await runGrid(arena, { cells: CELLS.flatMap(cellsNamed), parallel: 1 });
    expect(results.filter((result) => !isPassed(result)).flatMap(cellLines)).toEqual([]);
    expect(results).toHaveLength(CELLS.length);
  },
  LIMIT_MS,
);
