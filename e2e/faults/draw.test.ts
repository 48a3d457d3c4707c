import { describe, expect, it } from "vitest";
import { drawRun, hasCome, type Seen } from "./draw";
import { FAULTS } from "./faults";

const CALM: Seen = { elapsedMs: 3_000, unitsDone: 60, bytesDone: 20_000_000, connections: 12 };
const NAMES = FAULTS.map(({ name }) => name);
const many = Array.from({ length: 200 }, (_, index) => drawRun(7, index + 1, CALM, NAMES));

describe("a run's plan", () => {
  it("is the same for the same seed and number", () => {
    expect(drawRun(7, 31, CALM, NAMES)).toEqual(many[30]);
    expect(drawRun(8, 31, CALM, NAMES)).not.toEqual(many[30]);
  });

  it("has a seed of its own", () => expect(new Set(many.map(({ seed }) => seed)).size).toBe(many.length));

  it("has one to three strikes, each while an undisturbed import would still be under way", () => {
    expect(new Set(many.map(({ strikes }) => strikes.length))).toEqual(new Set([1, 2, 3]));
    for (const { when } of many.flatMap(({ strikes }) => strikes)) {
      expect(when.atLeast).toBeLessThan(CALM[when.measure]);
    }
  });

  it("leaves no fault out among many", () => {
    expect(new Set(many.flatMap(({ strikes }) => strikes.map(({ fault }) => fault)))).toEqual(new Set(NAMES));
  });
});

it("a moment has come once its measure is reached", () => {
  const strike = { fault: "reset source", when: { measure: "unitsDone" as const, atLeast: 5 }, seed: 1 };
  expect(hasCome(strike, { ...CALM, unitsDone: 4 })).toBe(false);
  expect(hasCome(strike, { ...CALM, unitsDone: 5 })).toBe(true);
});
