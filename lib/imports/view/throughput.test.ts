import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { throughputOf } from "./throughput";
import { aUnit, START, secondsIn, unitRows } from "./unit-arbitraries";

const over = (seconds: number) => ({ start: START, end: secondsIn(seconds) });
const done = (from: number, until: number, bytesDone: number, rowsDone = 0) =>
  aUnit({ state: "done", startedAt: secondsIn(from), finishedAt: secondsIn(until), bytesDone, rowsDone });

describe("the rate at which data came", () => {
  it("spreads what a unit has brought over the time that it took", () => {
    const { stepMs, bytesPerSecond, rowsPerSecond } = throughputOf([done(1, 3, 2_000, 20)], over(4));
    expect(stepMs).toBe(250);
    const during = (rate: number) => [...Array(4).fill(0), ...Array(8).fill(rate), ...Array(4).fill(0)];
    expect(bytesPerSecond).toEqual(during(1_000));
    expect(rowsPerSecond).toEqual(during(10));
  });

  it("adds up what lanes bring at the same time", () => {
    expect(throughputOf([done(0, 1, 100), done(0, 1, 300)], over(1)).bytesPerSecond).toEqual([400, 400, 400, 400]);
  });

  it("counts what is at work up to now, and nothing that was given back, failed or brings no data", () => {
    const running = aUnit({ state: "running", startedAt: START, bytesDone: 500 });
    const others = [
      aUnit({ state: "ready", startedAt: START, bytesDone: 1 }),
      aUnit({ state: "failed", startedAt: START, finishedAt: secondsIn(1), bytesDone: 1 }),
      aUnit({ kind: "verify", state: "done", startedAt: START, finishedAt: secondsIn(1), bytesDone: 1 }),
    ];
    expect(throughputOf([running, ...others], over(0.5)).bytesPerSecond).toEqual([1_000, 1_000]);
  });

  it("stays as short for a week as for a minute", () => {
    for (const seconds of [0, 0.1, 59, 3_600, 86_400, 7 * 86_400]) {
      expect(throughputOf([], over(seconds)).bytesPerSecond.length).toBeLessThanOrEqual(90);
    }
  });

  it("loses nothing: rates times steps are what has come", () => {
    fc.assert(
      fc.property(unitRows, (units) => {
        const { stepMs, spanMs, bytesPerSecond } = throughputOf(units, over(12_000));
        const last = bytesPerSecond.length - 1;
        const drawn = bytesPerSecond.reduce(
          (sum, rate, step) => sum + (rate * (step === last ? spanMs - last * stepMs : stepMs)) / 1_000,
          0,
        );
        const come = units
          .filter(({ kind, state }) => (kind === "copy" || kind === "large-objects") && /done|running/.test(state))
          .reduce((sum, unit) => sum + unit.bytesDone, 0);
        // Rates are whole numbers, so each step may be half a byte a second off.
        expect(Math.abs(drawn - come)).toBeLessThanOrEqual(spanMs / 1_000 + 1);
      }),
    );
  });
});
