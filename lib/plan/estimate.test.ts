import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EstimateInput, estimateImport } from "./estimate";

const GB = 1024 ** 3;
const usual: EstimateInput = {
  tables: [{ bytes: 10 * GB, indexes: 2 }],
  largeObjectBytes: 0,
  otherObjects: 10,
  bytesPerSecond: null,
  options: { lanes: 2, content: "all", verify: "counts", maxMegabytesPerSecond: null },
};
const secondsOf = (changes: Partial<EstimateInput> = {}, options: Partial<EstimateInput["options"]> = {}) =>
  estimateImport({ ...usual, ...changes, options: { ...usual.options, ...options } }).seconds;

describe("the estimate", () => {
  it("is minutes for ten gigabytes, and seconds for next to nothing", () => {
    expect(secondsOf().low).toBeGreaterThan(60);
    expect(secondsOf().high).toBeLessThan(1_500);
    expect(secondsOf({ tables: [] }).high).toBeLessThan(10);
  });

  it.each<[string, Partial<EstimateInput>, Partial<EstimateInput["options"]>]>([
    ["a slow line", { bytesPerSecond: 5e6 }, {}],
    ["a speed limit", {}, { maxMegabytesPerSecond: 5 }],
    ["one lane", {}, { lanes: 1 }],
    ["more indexes", { tables: [{ bytes: 10 * GB, indexes: 8 }] }, {}],
    ["more rows", { tables: [{ bytes: 20 * GB, indexes: 2 }] }, {}],
    ["large objects", { largeObjectBytes: 5 * GB }, {}],
  ])("is longer with %s", (_what, changes, options) => {
    expect(secondsOf(changes, options).low).toBeGreaterThan(secondsOf().low);
    expect(secondsOf(changes, options).high).toBeGreaterThan(secondsOf().high);
  });

  it("knows that rows which are not wanted take no time", () => {
    expect(estimateImport({ ...usual, options: { ...usual.options, content: "schema" } }).bytes).toBe(0);
    expect(secondsOf({}, { content: "schema" }).high).toBeLessThan(10);
    expect(secondsOf({}, { verify: "none" }).high).toBeLessThan(secondsOf().high);
  });

  it("does not believe a source to be faster than a target can store", () => {
    expect(secondsOf({ bytesPerSecond: 5e9 })).toEqual(secondsOf());
  });

  it("never goes below a speed limit, nor backwards", () => {
    const bytes = fc.integer({ min: 0, max: 1e12 });
    fc.assert(
      fc.property(
        bytes,
        fc.integer({ min: 1, max: 16 }),
        fc.double({ min: 0.1, max: 1e3, noNaN: true }),
        (size, lanes, limit) => {
          const { low, high } = secondsOf(
            { tables: [{ bytes: size, indexes: 1 }] },
            { lanes, maxMegabytesPerSecond: limit },
          );
          expect(low).toBeGreaterThan((size / (limit * 1e6)) * 0.79);
          expect(high).toBeGreaterThan(low);
        },
      ),
    );
  });
});
