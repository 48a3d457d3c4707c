import { describe, expect, it } from "vitest";
import { progressInWords } from "./statement-progress";

describe("how far a statement is", () => {
  it.each([
    ["building index: scanning table", 50, 100, { phase: "scanning table", fraction: 0.25 }],
    ["building index: sorting live tuples", 0, 0, { phase: "sorting live tuples", fraction: 0.5 }],
    ["building index: loading tuples in tree", 1, 4, { phase: "loading tuples in tree", fraction: 0.7 }],
    ["building index: loading tuples in tree", 9, 4, { phase: "loading tuples in tree", fraction: 1 }],
    ["building index", 1, 4, { phase: "building index", fraction: 0.25 }],
    ["acquiring sample rows", 3, 4, { phase: "acquiring sample rows", fraction: 0.75 }],
    ["computing statistics", 3, 4, { phase: "computing statistics", fraction: null }],
    ["waiting for writers before build", 0, 0, { phase: "waiting for writers before build", fraction: null }],
  ])("is told in the server's words: %s, %d of %d", (phase, done, total, expected) => {
    expect(progressInWords({ phase, done, total })).toEqual(expected);
  });

  it("never goes back from one phase of a B-tree to the next", () => {
    const phases = ["scanning table", "sorting live tuples", "loading tuples in tree"];
    const told = phases.flatMap((phase) =>
      [0, 1, 2].map((done) => progressInWords({ phase: `building index: ${phase}`, done, total: 2 }).fraction ?? 0),
    );
    expect(told).toEqual([...told].sort((left, right) => left - right));
  });
});
