import { describe, expect, it } from "vitest";
import { type HeldSpan, heldWords, lastHeld, passesMark } from "./held";

const NOW = 60;
const span = (since: number, until: number, isHeld = until === NOW): HeldSpan => ({
  since: new Date(since * 1_000),
  until: new Date(until * 1_000),
  isHeld,
});

describe("how long a snapshot is held", () => {
  it.each<[string, HeldSpan[], HeldSpan | null]>([
    ["nobody ever did", [], null],
    ["one session does", [span(5, NOW)], span(5, NOW)],
    ["it was let go", [span(5, 9)], span(5, 9)],
    ["it went from hand to hand", [span(5, 20), span(19, 40), span(38, NOW)], span(5, NOW)],
    ["in any order", [span(38, NOW), span(5, 20), span(19, 40)], span(5, NOW)],
    ["two hold it, the younger one let go", [span(5, NOW), span(19, 30)], span(5, NOW)],
    ["nobody did for a while: what was to be cleaned up then is", [span(5, 20), span(30, NOW)], span(30, NOW)],
  ])("%s", (_, spans, held) => {
    expect(lastHeld(spans)).toEqual(held);
  });
});

const MINUTE = 60_000;

it.each([
  [0, 9, false],
  [9, 10, true],
  [10, 19, false],
  [19, 21, true],
  [21, 39, false],
  [30, 41, true],
  [0, 300, true],
])("from %i to %i minutes a mark is passed: %s", (before, now, passes) => {
  expect(passesMark(before * MINUTE, now * MINUTE)).toBe(passes);
});

it.each([
  [200, "1 s"],
  [42_000, "42 s"],
  [12 * MINUTE, "12 min"],
  [60 * MINUTE, "1 h"],
  [185 * MINUTE, "3 h 5 min"],
])("%i ms is written %s", (ms, words) => {
  expect(heldWords(ms)).toBe(words);
});
