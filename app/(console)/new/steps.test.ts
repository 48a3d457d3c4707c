import { expect, test } from "vitest";
import { stepAddress, stepFor } from "./steps";

test.each([
  [undefined, null, "source"],
  ["nonsense", { status: "draft" as const }, "source"],
  ["checks", null, "source"],
  ["source", { status: "draft" as const }, "source"],
  ["checks", { status: "blocked" as const }, "checks"],
  ["review", { status: "draft" as const }, "review"],
  ["review", { status: "blocked" as const }, "checks"],
])("step %s of %j leads to %s", (asked, draft, step) => {
  expect(stepFor(asked, draft)).toBe(step);
});

test("an address names the draft once there is one", () => {
  expect(stepAddress("source", null)).toBe("/new?step=source");
  expect(stepAddress("review", "01J")).toBe("/new?step=review&import=01J");
});
