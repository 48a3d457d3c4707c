import { describe, expect, it, test } from "vitest";
import { firstWish, kindsOf, readWish, targetInput } from "./target-wish";

const neon = {
  projects: [
    { id: "p-1", name: "shop" },
    { id: "quiet-dust-1", name: "blog" },
  ],
  regions: [{ id: "r-1", name: "Frankfurt" }],
  versions: [17, 16],
};
const both = { hasLocalTarget: true, neon };

test.each([
  [{ ...both, project: undefined }, "local", "p-1"],
  [{ ...both, project: "new" }, "neon-new", "p-1"],
  [{ ...both, project: "quiet-dust-1" }, "neon-branch", "quiet-dust-1"],
  [{ hasLocalTarget: false, neon, project: undefined }, "neon-new", "p-1"],
  [{ hasLocalTarget: false, neon: null, project: "new" }, "url", ""],
])("%j begins with %s", (offered, kind, projectId) => {
  expect(firstWish(offered)).toMatchObject({ kind, projectId });
  expect(kindsOf(offered)).toContain(kind);
});

const wish = { projectId: "p-1", projectName: "shop", regionId: "r-1", pgVersion: 17 };

test.each([
  ["local", { kind: "local" }],
  ["url", { kind: "url", text: "postgres://own" }],
  ["neon-branch", { kind: "neon", project: { id: "p-1" } }],
  ["neon-new", { kind: "neon", project: { name: "shop", regionId: "r-1", pgVersion: 17 } }],
] as const)("%s as the API takes it", (kind, input) => {
  expect(targetInput({ ...wish, kind }, "postgres://own")).toEqual(input);
});

describe("what a tab has kept", () => {
  const offered = { ...both, project: undefined };

  it("comes back as it was", () => {
    const kept = { ...wish, kind: "neon-branch", projectId: "quiet-dust-1" };
    expect(readWish(kept, offered)).toEqual(kept);
  });

  it("is not taken for what is there no longer", () => {
    expect(readWish({ ...wish, kind: "neon-branch", projectId: "gone" }, offered)).toMatchObject({ projectId: "p-1" });
    expect(readWish({ ...wish, kind: "neon-new" }, { ...offered, neon: null })).toBeNull();
    expect(readWish("nonsense", offered)).toBeNull();
  });
});
