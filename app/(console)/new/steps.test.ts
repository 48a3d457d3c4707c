import { expect, test } from "vitest";
import { stepAddress, stepFor } from "./steps";

const draft = { status: "draft", target: { kind: "url" } } as const;
const blocked = { ...draft, status: "blocked" } as const;
const open = { ...draft, target: { kind: "unchosen" } } as const;

test.each([
  [undefined, null, "source"],
  ["nonsense", draft, "source"],
  ["checks", null, "source"],
  ["source", draft, "source"],
  ["checks", blocked, "checks"],
  ["what", blocked, "what"],
  ["where", open, "where"],
  ["review", draft, "review"],
  ["review", blocked, "checks"],
  ["review", open, "where"],
])("step %s of %j leads to %s", (asked, found, step) => {
  expect(stepFor(asked, found)).toBe(step);
});

test("an address names the draft once there is one, and the project that somebody came from", () => {
  expect(stepAddress("source", { importId: null })).toBe("/new?step=source");
  expect(stepAddress("review", { importId: "01J" })).toBe("/new?step=review&import=01J");
  expect(stepAddress("what", { importId: "01J", project: "p-1" })).toBe("/new?step=what&import=01J&project=p-1");
});
