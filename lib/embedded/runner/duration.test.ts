import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distanceMs, nthDelay, parseDue, parseDuration, retryAfterMs } from "./duration";

const NOW = Date.UTC(2030, 0, 1);

describe("parseDuration", () => {
  test.each([
    ["1s", 1_000],
    ["2h30m10s", 9_010_000],
    ["1w2d", 777_600_000],
    ["1.5h", 5_400_000],
    ["250ms", 250],
    ["1m", 60_000],
  ])("%s", (text, expected) => expect(parseDuration(text)).toBe(expected));

  test.each(["", "1", "s", "1 s", "-1s", "1x", "soon", "1s later"])("%j is none", (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  test("adds up whatever units it is made of", () => {
    const amounts = fc.record({ d: fc.nat(400), h: fc.nat(23), m: fc.nat(59), s: fc.nat(59) });
    fc.assert(
      fc.property(amounts, ({ d, h, m, s }) => {
        expect(parseDuration(`${d}d${h}h${m}m${s}s`)).toBe(((d * 24 + h) * 60 + m) * 60_000 + s * 1_000);
      }),
    );
  });
});

describe("parseDue", () => {
  test.each([
    ["", { inMs: 0 }],
    ["10s", { inMs: 10_000 }],
    ["2030-01-01T00:00:05.000Z", { at: "2030-01-01T00:00:05.000Z" }],
    ["2030-01-01T02:00:00+02:00", { at: "2030-01-01T00:00:00.000Z" }],
    ["tomorrow", null],
    ["2030-13-45", null],
  ])("%j", (text, expected) => expect(parseDue(text)).toEqual(expected));

  test("its distance is measured from now", () => {
    expect(distanceMs({ inMs: 5 }, NOW)).toBe(5);
    expect(distanceMs({ at: new Date(NOW + 7_000).toISOString() }, NOW)).toBe(7_000);
    expect(distanceMs({ at: new Date(NOW - 7_000).toISOString() }, NOW)).toBe(-7_000);
  });
});

describe("retryAfterMs", () => {
  test.each([
    ["7", 7_000],
    ["0", 1_000],
    ["9999999", 86_400_000],
    [new Date(NOW + 30_000).toISOString(), 30_000],
    [new Date(NOW + 30_000).toUTCString(), 30_000],
    [new Date(NOW - 30_000).toISOString(), 1_000],
    ["later", null],
  ])("%s", (header, expected) => expect(retryAfterMs(header, NOW)).toBe(expected));
});

test("nthDelay repeats the last", () => {
  expect([0, 1, 2, 9].map((n) => nthDelay([10, 20, 30], n))).toEqual([10, 20, 30, 30]);
});
