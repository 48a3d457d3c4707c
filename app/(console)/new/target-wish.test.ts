import { expect, test } from "vitest";
import { firstWish, targetInput } from "./target-wish";

const both = { hasLocalTarget: true, hasNeon: true };

test.each([
  [{ ...both, project: undefined }, "local"],
  [{ ...both, project: "new" }, "neon-new"],
  [{ ...both, project: "quiet-dust-1" }, "neon-branch"],
  [{ hasLocalTarget: false, hasNeon: true, project: undefined }, "neon-new"],
  [{ hasLocalTarget: false, hasNeon: false, project: "new" }, "url"],
])("%j begins with %s", (offered, kind) => {
  expect(firstWish(offered).kind).toBe(kind);
});

const wish = { text: "postgres://own", projectId: "p-1", projectName: "shop", regionId: "r-1", pgVersion: 18 };

test.each([
  ["local", { kind: "local" }],
  ["url", { kind: "url", text: "postgres://own" }],
  ["neon-branch", { kind: "neon", project: { id: "p-1" } }],
  ["neon-new", { kind: "neon", project: { name: "shop", regionId: "r-1", pgVersion: 18 } }],
] as const)("%s as the API takes it", (kind, input) => {
  expect(targetInput({ ...wish, kind })).toEqual(input);
});
