import { describe, expect, it } from "vitest";
import type { OwnedBranch } from "./calls";
import { importCompute, normalCompute } from "./compute";
import { specOfUri } from "./connection-uri";
import { hostOfRegion } from "./describe-neon";
import { keptReason } from "./discard";
import { ownBranches, rootOf } from "./make-branch";

const branch = (id: string, more: Partial<OwnedBranch> = {}): OwnedBranch => ({
  ...{ id, name: id, current_state: "ready", default: false, protected: false, annotations: {} },
  created_at: "2026-11-21T12:00:00Z",
  ...more,
});
const mine = { "ferry-import": "01J" };
const main = branch("main", { created_at: "2026-01-01T00:00:00Z" });

describe("which branch is whose", () => {
  const other = branch("import-a", { parent_id: "main", annotations: { "ferry-import": "01K" } });
  const own = branch("import-b", { parent_id: "main", annotations: mine });

  it("is told by the annotation, and by no name", () => {
    const named = branch("import-b-2", { parent_id: "main" });
    expect(ownBranches([main, other, named, own], "01J")).toEqual([own]);
  });

  it("never takes the first branch of a new project for the import's", () => {
    expect(ownBranches([branch("main", { annotations: mine })], "01J")).toEqual([]);
  });

  it("finds the branch that the project began with, whichever is the default", () => {
    const schemaOnly = branch("late-root");
    expect(rootOf([branch("x", { parent_id: "main", default: true }), schemaOnly, main])).toBe(main);
  });
});

describe("what may be deleted", () => {
  const child = branch("child", { parent_id: "import-a" });
  it.each<[string, OwnedBranch, string | null]>([
    ["a leaf", child, null],
    ["the default branch", branch("d", { parent_id: "main", default: true }), "it is the default branch"],
    ["a protected one", branch("p", { parent_id: "main", protected: true }), "it is protected"],
    ["the first one", main, "it is the one that the project began with"],
    ["a parent", branch("import-a", { parent_id: "main" }), "other branches were made from it (child)"],
  ])("%s", (_name, one, reason) => {
    expect(keptReason(one, [main, one, child])).toBe(reason);
  });
});

describe("the size of a compute", () => {
  const GB = 1024 ** 3;
  it.each([
    [{}, GB, { minCu: 1, maxCu: 4 }],
    [{}, 20 * GB, { minCu: 2, maxCu: 8 }],
    [{ autoscaling_limit_min_cu: 4, autoscaling_limit_max_cu: 16 }, GB, { minCu: 4, maxCu: 16 }],
    [{ autoscaling_limit_min_cu: 3 }, GB, { minCu: 3, maxCu: 4 }],
  ])("of %j for %i bytes", (default_endpoint_settings, bytes, size) => {
    expect(importCompute(normalCompute({ default_endpoint_settings }), bytes)).toEqual(size);
  });
});

describe("a connection URI of Neon's", () => {
  it("is read with all its parts", () => {
    const uri =
      "postgresql://shop_owner:p%40ss@ep-a-1.eu-central-1.aws.neon.tech/my%20shop?sslmode=require&channel_binding=require";
    expect(specOfUri(uri)).toEqual({
      ...{ host: "ep-a-1.eu-central-1.aws.neon.tech", port: 5432, database: "my shop", user: "shop_owner" },
      ...{ password: "p@ss", tls: { mode: "require" }, channelBinding: "require" },
    });
  });

  it("may have a port and no password", () => {
    expect(specOfUri("postgres://a@127.0.0.1:7001/b?sslmode=disable")).toMatchObject({
      ...{ port: 7001, password: null, tls: { mode: "disable" } },
    });
  });

  it("is not repeated when it cannot be read", () => {
    expect(() => specOfUri("no uri with s3cret")).toThrow(/^neon\.answer_unreadable (?!.*s3cret)/);
  });
});

it.each([
  ["aws-eu-central-1", "eu-central-1.aws.neon.tech"],
  ["azure-eastus2", "eastus2.azure.neon.tech"],
])("the hosts of %s end in %s", (region, host) => {
  expect(hostOfRegion(region)).toBe(host);
});
