import { afterAll, beforeAll, expect, it } from "vitest";
import { SOURCE, TARGET } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import { testServer } from "@/e2e/servers/test-servers";
import { type Arena, openArena } from "./arena";
import { runLines } from "./report";
import { runSuite } from "./suite";

/** Runs of `npm run faults` that are quick, and have six kinds of fault between them. */
const SEED = 85;
const RUNS = LONG_TESTS ? [6, 22] : [6];
const KINDS = LONG_TESTS ? 6 : 1;
/** Half a minute, but for a machine that is busy with others. */
const LIMIT_MS = 240_000;

let arena: Arena;

beforeAll(async () => {
  arena = await openArena(await testServer(SOURCE), await testServer(TARGET));
});
afterAll(() => arena?.template.drop());

it(
  "imports that are struck by random faults arrive whole",
  async () => {
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
    expect(new Set(drawn).size, "other seeds are needed").toBeGreaterThanOrEqual(KINDS);
    const hits = results.flatMap(({ struck }) => struck).filter(({ hit }) => hit !== null);
    expect(hits.length).toBeGreaterThan(LONG_TESTS ? 2 : 0);
  },
  LIMIT_MS,
);
