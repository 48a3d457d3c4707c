import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  formatAgo,
  formatBytes,
  formatCount,
  formatDuration,
  formatNoun,
  formatOffset,
  formatPercent,
  formatTimeLeft,
} from "./format";

test.each([
  [0, "0 B"],
  [-5, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 kB"],
  [1_024, "1.0 kB"],
  [12_345, "12.1 kB"],
  [102_348, "99.9 kB"],
  [102_400, "100 kB"],
  [1_023_000, "999 kB"],
  [1_023_500, "1.0 MB"],
  [617_000_000, "588 MB"],
  [1_649_267_441_664, "1.5 TB"],
])("%d bytes are written %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it("never writes more than three digits of a size below a petabyte", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 9e14, noNaN: true }), (bytes) => {
      expect(formatBytes(bytes).replace(/[^0-9]/g, "").length).toBeLessThanOrEqual(3);
    }),
  );
});

test.each([
  [0, "0%"],
  [0.999, "99%"],
  [0.9999999, "99%"],
  [1, "100%"],
  [1.2, "100%"],
  [Number.NaN, "0%"],
  [0.29, "29%"],
])("the fraction %d is written %s", (fraction, text) => {
  expect(formatPercent(fraction)).toBe(text);
});

test.each([
  [0, "0.0 s"],
  [840, "0.8 s"],
  [9_949, "9.9 s"],
  [9_960, "10 s"],
  [59_400, "59 s"],
  [59_600, "1 min"],
  [185_000, "3 min 5 s"],
  [3_599_600, "1 h"],
  [7_800_000, "2 h 10 min"],
  [86_399_000, "1 d"],
  [100_800_000, "1 d 4 h"],
])("%d ms are written %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

describe("time left", () => {
  test.each([
    [null, "estimating"],
    [{ low: 1, high: 4 }, "a few seconds"],
    [{ low: 12, high: 14 }, "about 15 s"],
    [{ low: 12, high: 31 }, "15 to 35 s"],
    [{ low: 48, high: 130 }, "50 s to 2 min"],
    [{ low: 230, high: 250 }, "about 4 min"],
    [{ low: 180, high: 300 }, "3 to 5 min"],
    [{ low: 5_300, high: 7_200 }, "88 min to 2 h"],
    [{ low: 9_000, high: 9_000 }, "about 2.5 h"],
  ])("%j is written %s", (left, text) => {
    expect(formatTimeLeft(left)).toBe(text);
  });
});

test.each([
  [3, "just now"],
  [-10, "just now"],
  [40, "40 s ago"],
  [65, "1 min ago"],
  [3 * 3_600, "3 h ago"],
  [26 * 3_600, "1 day ago"],
  [50 * 3_600, "2 days ago"],
  [30 * 86_400, "2026-02-13"],
])("%d seconds back is written %s", (seconds, text) => {
  const now = Date.UTC(2026, 2, 15, 12);
  expect(formatAgo(now - seconds * 1_000, now)).toBe(text);
});

test.each([
  [0, "0:00"],
  [7_900, "0:07"],
  [760_000, "12:40"],
  [3_723_000, "1:02:03"],
])("an offset of %d ms is written %s", (ms, text) => {
  expect(formatOffset(ms)).toBe(text);
});

test("counts are grouped and agree with their noun", () => {
  expect(formatCount(1_234_567)).toBe("1,234,567");
  expect(formatNoun(1, "table")).toBe("1 table");
  expect(formatNoun(0, "row")).toBe("0 rows");
  expect(formatNoun(2, "index", "indexes")).toBe("2 indexes");
});
