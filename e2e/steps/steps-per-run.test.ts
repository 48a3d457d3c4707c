import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { LONG_TESTS } from "@/e2e/long-tests";
import { importSteps, MAX_ROUNDS, STEPS_PER_LEG } from "@/inngest/step-limits";
import { env } from "@/lib/env";
import { planUnits } from "@/lib/plan/plan-units";
import { databaseOf, type SimulatedDatabase } from "./databases";
import { type LanesOutcome, workOff } from "./simulated-lanes";
import { type QueuedUnit, SimulatedQueue } from "./simulated-queue";

/** So many steps may a run have; engines stop it at a thousand. */
const MOST_STEPS = 200;
const ENGINE_STEPS = 1_000;

/**
 * What the simulation takes for granted, beside the plan and the rules of the lanes, which are the product's:
 * - the line carries so many bytes a second in all, and each lane has its part of it, also when others do not copy;
 * - a small table costs 20 ms beside its bytes, and all other work takes what the plan expects of it;
 * - a step begins to work after one second, nothing fails, and the snapshot is not lost;
 * - the next legs of all lanes begin together, as an engine has it that runs branches side by side.
 * It does not simulate keepers: a keeper's run is one step, however many of them follow each other.
 */
function importWith(database: SimulatedDatabase, lanes: number, megabytesPerSecond: number): LanesOutcome {
  const bytesPerSecond = (megabytesPerSecond * 1e6) / lanes;
  const bytesOf = new Map(database.tables.map(({ oid, bytes }) => [oid, bytes]));
  const takesMs = ({ cost, payload }: QueuedUnit): number => {
    if (payload.kind !== "copy") return cost * 1000 + 100;
    const [part] = payload.parts;
    // The plan's own measure: 60 MB a second and 2 ms a table.
    const isRange = payload.parts.length === 1 && part?.range !== null;
    const bytes = isRange
      ? (cost - 0.002) * 60e6
      : payload.parts.reduce((sum, { table }) => sum + (bytesOf.get(table.oid) ?? 0), 0);
    return (bytes / bytesPerSecond) * 1000 + payload.parts.length * 20;
  };
  const tables = new Map(database.tables.map((table) => [table.oid, table]));
  const queue = new SimulatedQueue(planUnits({ ...database, lanes }), tables);
  const budgetMs = env().FERRY_STEP_BUDGET_SECONDS * 1000;
  const outcome = workOff(queue, lanes, { budgetMs, beginMs: 1_000, cutMs: 200, takesMs });
  expect({ open: queue.open, failed: queue.failed }).toEqual({ open: 0, failed: 0 });
  return outcome;
}

function expectFewSteps(lanes: number, { legs, longestLeg }: LanesOutcome): void {
  expect(longestLeg).toBeLessThanOrEqual(STEPS_PER_LEG);
  expect(importSteps(lanes, [legs])).toBeLessThanOrEqual(MOST_STEPS);
}

const LARGE = databaseOf({ tables: 16, bytesPerTable: 1e12 / 16, indexesPerTable: 2, verifyCounts: true });
/** To count one of these at once would take longer than a step. */
const LARGEST = databaseOf({ tables: 4, bytesPerTable: 1e12 / 4, indexesPerTable: 2, verifyCounts: true });
const MANY = databaseOf({ tables: 20_000, bytesPerTable: 100_000, indexesPerTable: 2, verifyCounts: true });

// Moments on a machine of one's own, and more on one that is shared.
vi.setConfig({ testTimeout: 60_000 });

beforeAll(() => {
  // All others stay at their defaults, the budget of a step above all.
  vi.stubEnv("FERRY_STEP_BUDGET_SECONDS", undefined);
  vi.stubEnv("DATABASE_URL", "postgres://not-used");
  vi.stubEnv("FERRY_KEYS", "k1:not-used");
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const allLanes = Array.from({ length: 16 }, (_, index) => index + 1);
const someLanes = LONG_TESTS ? allLanes : [1, 2, 5, 8, 16];

describe("no run has more than 200 steps", () => {
  test("the longest leg of a lane", () => {
    expect(STEPS_PER_LEG).toBeLessThanOrEqual(MOST_STEPS);
  });

  test.each(someLanes)("1 TB in sixteen tables over 10 MB/s, with %i lane(s)", (lanes) => {
    const outcome = importWith(LARGE, lanes, 10);
    expectFewSteps(lanes, outcome);
    // Lest the simulation flatters: in less than this the line does not carry it.
    expect(outcome.tookMs).toBeGreaterThan(1e12 / 10e3);
  });

  test("1 TB over slow lanes does not take much longer than the line: what is too large for a step is not tried", () => {
    expect(importWith(LARGE, 16, 10).tookMs).toBeLessThan((1e12 / 10e3) * 1.1);
  });

  test.each([
    [16, 30],
    [16, 100],
    [3, 100],
    [1, 1_000],
    [16, 1_000],
  ])("1 TB in sixteen tables, with %i lane(s) over %i MB/s", (lanes, megabytesPerSecond) => {
    expectFewSteps(lanes, importWith(LARGE, lanes, megabytesPerSecond));
  });

  test.each([
    [1, 10],
    [4, 10],
    [2, 1_000],
  ])("1 TB in four tables, with %i lane(s) over %i MB/s", (lanes, megabytesPerSecond) => {
    expectFewSteps(lanes, importWith(LARGEST, lanes, megabytesPerSecond));
  });

  test.each([
    [1, 10],
    [2, 100],
    [16, 10],
  ])("20,000 small tables, with %i lane(s) over %i MB/s", (lanes, megabytesPerSecond) => {
    const outcome = importWith(MANY, lanes, megabytesPerSecond);
    expectFewSteps(lanes, outcome);
    expect(outcome.legs).toBe(1);
  });
});

test("the steps of an import's own run", () => {
  // That an import of the demo has so many is in the browser's spec of the page of runs.
  expect(importSteps(2, [1])).toBe(6);
  expect(importSteps(2, [3, 1])).toBe(14);
  // An import of two legs that loses its snapshot as often as it may stays below what engines allow.
  const roundsOfTwo = Array.from({ length: MAX_ROUNDS }, () => 2);
  expect(importSteps(16, roundsOfTwo)).toBeLessThan(ENGINE_STEPS);
});
