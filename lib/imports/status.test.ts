import { describe, expect, it } from "vitest";
import { hasEnded, type ImportStatus, importStatuses, isWanted, type MoveName, may, moveOf, moves } from "./status";

const VERBS: MoveName[] = ["start", "pause", "resume", "retry", "cancel"];

describe("what may be done with an import", () => {
  it.each<[ImportStatus, MoveName[]]>([
    ["draft", ["start", "cancel"]],
    ["blocked", ["cancel"]],
    ["queued", ["pause", "cancel"]],
    ["running", ["pause", "cancel"]],
    ["paused", ["resume", "cancel"]],
    ["succeeded", []],
    ["differences", []],
    ["failed", ["retry", "cancel"]],
    ["cancelled", []],
  ])("that is %s: %j", (status, expected) => {
    expect(VERBS.filter((verb) => may(verb, status))).toEqual(expected);
  });
});

describe("the moves", () => {
  const names = Object.keys(moves) as MoveName[];

  it("lead nowhere from what is over for good", () => {
    for (const status of ["succeeded", "differences", "cancelled"] as const) {
      expect(names.filter((name) => may(name, status))).toEqual([]);
    }
  });

  it("reach every status", () => {
    expect(new Set(names.map((name) => moves[name].to))).toEqual(new Set(importStatuses));
  });

  it("begin a new run whenever the engine is to begin, and only then", () => {
    for (const name of names) expect(moveOf(name).isNewRun ?? false, name).toBe(moves[name].to === "queued");
  });
});

it.each<[ImportStatus, "ended" | "wanted" | "neither"]>([
  ["draft", "neither"],
  ["blocked", "ended"],
  ["queued", "wanted"],
  ["running", "wanted"],
  ["paused", "wanted"],
  ["succeeded", "ended"],
  ["differences", "ended"],
  ["failed", "ended"],
  ["cancelled", "ended"],
])("%s is %s", (status, what) => {
  expect(hasEnded(status) ? "ended" : isWanted(status) ? "wanted" : "neither").toBe(what);
});
