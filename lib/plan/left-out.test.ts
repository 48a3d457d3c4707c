import { expect, it } from "vitest";
import { groupNotes, notesInWords, type ObjectNote } from "./left-out";

const note = (object: string, reason: string): ObjectNote => ({ object, reason });

it("groups objects by their reason, the largest group first", () => {
  const notes = [note("extension x", "not offered"), note("grant on a", "grants"), note("grant on b", "grants")];
  expect(groupNotes(notes)).toEqual([
    { reason: "grants", objects: ["grant on a", "grant on b"] },
    { reason: "not offered", objects: ["extension x"] },
  ]);
  expect(groupNotes([])).toEqual([]);
});

it("names the first five in words and counts the others", () => {
  const notes = Array.from({ length: 7 }, (_, index) => note(`table t${index}`, "why"));
  expect(notesInWords(notes.slice(0, 2))).toBe("table t0: why; table t1: why");
  expect(notesInWords(notes)).toMatch(/^table t0: why; .*table t4: why; and 2 more$/);
});
