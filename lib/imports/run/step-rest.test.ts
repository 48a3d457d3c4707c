import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTooLarge, mostCost, nothingFits } from "./step-rest";

const NEW = { copySeconds: 0, copyCost: 0 };
/** Copies took ten times as long as was thought. */
const SLOW = { copySeconds: 100, copyCost: 10 };

describe("what fits into the rest of a step", () => {
  it.each([
    ["anything into a whole step", SLOW, 180, 180, null],
    ["anything into nearly all of it", SLOW, 145, 180, null],
    ["by the nominal speed while nothing is measured", NEW, 60, 180, 60],
    ["by the measured speed afterwards", SLOW, 60, 180, 6],
    ["next to nothing at its end", SLOW, 0, 180, 0],
    ["no less than nothing after its end", SLOW, -5, 180, 0],
  ])("%s", (_name, pace, restSeconds, wholeSeconds, cost) => {
    const limit = mostCost(pace, restSeconds * 1000, wholeSeconds * 1000);
    if (cost === null) expect(limit).toBeNull();
    else expect(limit).toBeCloseTo(cost, 0);
  });

  it("is not decided by a few small tables", () => {
    const afterOneSmallBundle = { copySeconds: 0.1, copyCost: 0.004 };
    expect(mostCost(afterOneSmallBundle, 90_000, 180_000)).toBeGreaterThan(30);
  });

  it("is less the slower the copies are and the less is left", () => {
    const seconds = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(seconds, seconds, seconds, seconds, (copySeconds, more, copyCost, rest) => {
        const limit = mostCost({ copySeconds, copyCost }, rest * 1000, 1e12) ?? 0;
        expect(Number.isFinite(limit)).toBe(true);
        expect(mostCost({ copySeconds: copySeconds + more, copyCost }, rest * 1000, 1e12)).toBeLessThanOrEqual(limit);
        expect(mostCost({ copySeconds, copyCost }, rest * 500, 1e12)).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

describe("a copy that is too large for any step", () => {
  it.each([
    ["by the pace of as much as it again", 19, SLOW, true],
    ["not if it just fits", 17, SLOW, false],
    [
      "by the pace of one that overran a step after a good part of it",
      4.47,
      { copySeconds: 179, copyCost: 1.87 },
      true,
    ],
    ["not while too little is measured to tell", 19, { copySeconds: 20, copyCost: 2 }, false],
    ["not while nothing is measured", 1_000, NEW, false],
  ])("%s", (_name, cost, pace, tooLarge) => {
    expect(isTooLarge(cost, pace, 180_000)).toBe(tooLarge);
  });
});

describe("a lane ends its step early", () => {
  it.each([
    ["when all that is ready is larger than the rest", { ready: 2, leastCost: 5 }, 4, true],
    ["when all that is ready has overrun a step already", { ready: 1, leastCost: null }, 4, true],
    ["not while something fits", { ready: 2, leastCost: 3 }, 4, false],
    ["not while nothing is ready: others may free something", { ready: 0, leastCost: null }, 4, false],
    ["not with a whole step before it", { ready: 1, leastCost: 500 }, null, false],
  ])("%s", (_name, outlook, limit, ends) => {
    expect(nothingFits(outlook, limit)).toBe(ends);
  });
});
