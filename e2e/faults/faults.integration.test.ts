import { afterAll, beforeAll, expect, it } from "vitest";
import { SOURCE, TARGET } from "@/e2e/imports/scene";
import { testServer } from "@/e2e/servers/test-servers";
import { type Arena, openArena } from "./arena";
import { FAULTS } from "./faults";
import { runLines } from "./report";
import { runSuite } from "./suite";

/** A few runs of `npm run faults`, which between them have every kind of fault. */
const SEED = 46;
const RUNS = [5, 6, 15];

let arena: Arena;

beforeAll(async () => {
  arena = await openArena(await testServer(SOURCE), await testServer(TARGET));
});
afterAll(() => arena?.template.drop());

it("imports that are struck by random faults arrive whole", async () => {
  const wrong: string[] = [];
  const results = await runSuite(arena, {
    ...{ seed: SEED, runs: RUNS, parallel: 1 },
    onRun: (run, result) => {
      if (result.wrongs.length > 0) wrong.push(...runLines(run, result, SEED));
    },
  });
  expect(wrong).toEqual([]);
  expect(results).toHaveLength(1 + RUNS.length);
  const drawn = results.flatMap(({ plan }) => plan.strikes.map(({ fault }) => fault));
  expect(new Set(drawn), "other seeds are needed").toEqual(new Set(FAULTS.map(({ name }) => name)));
  expect(results.flatMap(({ struck }) => struck).filter(({ hit }) => hit !== null).length).toBeGreaterThan(3);
});
