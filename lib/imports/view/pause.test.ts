import { describe, expect, it } from "vitest";
import { pauseWords, snapshotState } from "./pause";

const facts = { isPlanned: true, reading: 3, phase: "copy" as const, isHeld: true };

describe("the snapshot of a paused import", () => {
  it.each<[Partial<Parameters<typeof snapshotState>[0]>, ReturnType<typeof snapshotState>]>([
    [{}, "held"],
    [{ phase: "let-go" }, "let-go"],
    [{ phase: "let-go", isHeld: false }, "let-go"],
    // Its keeper died: nobody let it go, but it is gone.
    [{ isHeld: false }, "let-go"],
    [{ reading: 0 }, "not-needed"],
    [{ reading: 0, phase: "let-go", isHeld: false }, "not-needed"],
    // Paused while the schema was being read.
    [{ isPlanned: false, reading: 0 }, "held"],
    [{ isPlanned: false, reading: 0, isHeld: false }, "not-needed"],
    [{ isPlanned: false, reading: 0, phase: "let-go" }, "let-go"],
  ])("%j: %s", (more, state) => {
    expect(snapshotState({ ...facts, ...more })).toBe(state);
  });
});

describe("the consequences of a pause", () => {
  it.each([
    [{ snapshot: "held" as const, atWork: [] }, /still held.*vacuum.*After 4 hours it is let go\.$/],
    [{ snapshot: "let-go" as const, atWork: [] }, /read again unless the source has not changed\.$/],
    [{ snapshot: "not-needed" as const, atWork: [] }, /^Nothing is held on the source\.$/],
    [{ snapshot: "not-needed" as const, atWork: ["a", "b"] }, /alone with what was begun there: a, b\.$/],
    [{ snapshot: "held" as const, atWork: ["a", "b", "c", "d", "e"] }, /a, b, c and 2 more\.$/],
  ])("%j", (pause, words) => {
    expect(pauseWords(pause)).toMatch(words);
  });
});
