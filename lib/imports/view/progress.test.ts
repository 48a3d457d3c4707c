import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ImportStatus } from "../status";
import type { WorkView } from ".";
import { phaseOf, progressOf, withEnd, workViews } from "./progress";
import { tableViews } from "./table-view";
import { aUnit, plannedTables, secondsIn, unitRows } from "./unit-arbitraries";

describe("progress", () => {
  it("is never over 1, reaches it when all is done and not before, and holds only numbers", () => {
    fc.assert(
      fc.property(unitRows, plannedTables, fc.integer({ min: -100, max: 20_000 }), (units, tables, seconds) => {
        const progress = progressOf(units, tableViews(tables, units, new Map()), secondsIn(seconds));
        expect(progress.fraction).toBeGreaterThanOrEqual(0);
        expect(progress.fraction).toBeLessThanOrEqual(1);
        const open = units.some(({ state, cost }) => state !== "done" && cost > 0);
        const some = units.some(({ cost }) => cost > 0);
        if (some) expect(progress.fraction === 1).toBe(!open);
        const { bytesPerSecond, secondsLeft } = progress;
        if (bytesPerSecond !== null) expect(Number.isFinite(bytesPerSecond) && bytesPerSecond >= 0).toBe(true);
        if (secondsLeft !== null) {
          expect(secondsLeft.low).toBeGreaterThanOrEqual(0);
          expect(secondsLeft.high).toBeGreaterThanOrEqual(secondsLeft.low);
          expect(Number.isFinite(secondsLeft.high)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  const done = (from: number, to: number, more = {}) =>
    aUnit({ state: "done", startedAt: secondsIn(from), finishedAt: secondsIn(to), ...more });

  it.each([
    ["nothing yet", [aUnit()], 10, null],
    ["too early to say", [done(0, 1), aUnit({ cost: 1 })], 1, null],
    ["half way after ten seconds", [done(0, 10), aUnit()], 10, { low: 8, high: 14 }],
    ["a tenth after ten seconds", [done(0, 10), aUnit({ cost: 9 })], 10, { low: 72, high: 126 }],
    [
      "a night between failure and retry",
      [done(0, 10), aUnit({ state: "running", kind: "index", startedAt: secondsIn(36_000) })],
      36_000,
      { low: 8, high: 14 },
    ],
    ["lanes at the same time", [done(0, 10), done(0, 10), aUnit({ cost: 2 })], 10, { low: 8, high: 14 }],
    ["all done", [done(0, 10)], 10, null],
  ])("tells the time left: %s", (_name, units, seconds, left) => {
    expect(progressOf(units, [], secondsIn(seconds)).secondsLeft).toEqual(left);
  });

  it("goes by what the target says of a statement that takes long", () => {
    const index = { kind: "index" as const, state: "running" as const, startedAt: secondsIn(0) };
    const said = (fraction: number | null) => aUnit({ ...index, statementProgress: { phase: "x", fraction } });
    const fractionWith = (fraction: number | null) => progressOf([said(fraction)], [], secondsIn(10)).fraction;
    expect([null, 0, 0.5, 1].map(fractionWith)).toEqual([0, 0, 0.475, 0.95]);
  });

  it("counts what a bundle under way has brought, before it is known of which table", () => {
    const running = { state: "running" as const, startedAt: secondsIn(0), rowsDone: 30, bytesDone: 5_000 };
    const { rowsDone, bytesDone, bytesPerSecond } = progressOf(
      [aUnit({ ...running, kind: "copy", tables: [1, 2] }), aUnit({ ...running, kind: "copy", tables: [3] })],
      [],
      secondsIn(10),
    );
    expect({ rowsDone, bytesDone, bytesPerSecond }).toEqual({ rowsDone: 30, bytesDone: 5_000, bytesPerSecond: 500 });
  });

  it("does not take a unit under way for done, however many bytes it sent", () => {
    const units = [aUnit({ state: "running", startedAt: secondsIn(0), bytesDone: 1e12, cost: 4 })];
    expect(progressOf(units, [], secondsIn(60)).fraction).toBe(0.95);
  });
});

describe("work", () => {
  it("is counted by kind", () => {
    const units = [
      aUnit({ state: "done" }),
      aUnit({ state: "running" }),
      aUnit({ kind: "index", state: "failed" }),
      aUnit({ kind: "index" }),
    ];
    expect(workViews(units)).toEqual([
      { kind: "copy", total: 2, done: 1, running: 1, failed: 0 },
      { kind: "index", total: 2, done: 0, running: 0, failed: 1 },
    ]);
  });
});

describe("the phase", () => {
  const work = (kind: WorkView["kind"], done: number, total = 2): WorkView => ({
    kind,
    total,
    done,
    running: 0,
    failed: 0,
  });

  it.each<[ImportStatus, WorkView[], string]>([
    ["draft", [], "check"],
    ["queued", [], "check"],
    ["blocked", [], "check"],
    ["running", [], "schema"],
    ["running", [work("schema", 1), work("copy", 0)], "schema"],
    ["running", [work("schema", 1), work("copy", 1), work("index", 1)], "copy"],
    ["running", [work("schema", 2), work("copy", 1), work("index", 1)], "copy"],
    ["running", [work("schema", 2), work("copy", 2), work("sequence", 0)], "copy"],
    ["running", [work("copy", 2), work("index", 1), work("verify", 0)], "finish"],
    ["running", [work("copy", 2), work("post", 1), work("verify", 2)], "finish"],
    ["running", [work("copy", 2), work("index", 2), work("verify", 1)], "verify"],
    ["succeeded", [work("copy", 2)], "done"],
    ["differences", [work("copy", 2)], "done"],
    ["failed", [work("copy", 1)], "copy"],
  ])("of an import that is %s with %j is %s", (status, views, phase) => {
    expect(phaseOf(status, views)).toBe(phase);
  });
});

it.each([
  ["running", 1, 0.99],
  ["running", 0.4, 0.4],
  ["succeeded", 0.98, 1],
  ["failed", 0.4, 0.4],
] as const)("while %s, %d of the work is shown as %d of the whole", (status, fraction, shown) => {
  expect(withEnd({ ...progressOf([], [], new Date()), fraction }, status).fraction).toBe(shown);
});
