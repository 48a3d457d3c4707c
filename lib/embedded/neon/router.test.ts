import { describe, expect, test } from "vitest";
import { openApi } from "@/e2e/neon/open-api";
import { findRoute, ROUTES } from "./router";

test.each<[string, string, string, Record<string, string>]>([
  ["GET", "/projects", "listProjects", {}],
  ["GET", "/projects/quiet-dust-1", "getProject", { project_id: "quiet-dust-1" }],
  ["GET", "/projects/p/branches/count", "countProjectBranches", { project_id: "p" }],
  ["GET", "/projects/p/branches/br-1", "getProjectBranch", { project_id: "p", branch_id: "br-1" }],
  [
    "DELETE",
    "/projects/p/branches/br-1/databases/my%20shop",
    "deleteProjectBranchDatabase",
    { project_id: "p", branch_id: "br-1", database_name: "my shop" },
  ],
])("%s %s", (method, path, call, params) => {
  const found = findRoute(method, path);
  expect(found.route.call).toBe(call);
  expect(found.params).toEqual(params);
});

test.each([
  ["PUT", "/projects"],
  ["GET", "/projects/p/nothing"],
  ["GET", ""],
])("%s %s is not there", (method, path) => {
  expect(() => findRoute(method, path)).toThrow(/not there/);
});

describe("each route is one of the document's", () => {
  const known = openApi().calls;
  test.each(ROUTES.map((route) => [route.call, route] as const))("%s", (call, { method, path }) => {
    expect(known).toContainEqual({ call, method, path });
  });
});
