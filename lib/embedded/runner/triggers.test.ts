import { beforeAll, describe, expect, test } from "vitest";
import { loadExpressions } from "./expressions";
import type { FunctionConfig } from "./protocol";
import { isReserved, patternsFor, startedBy } from "./triggers";

beforeAll(loadExpressions);

test.each([
  ["app/user.created", ["app/user.created", "app/*", "app/user.*"]],
  ["api/v1/users", ["api/v1/users", "api/*", "api/v1/*"]],
  ["simple", ["simple"]],
  ["a.b.c", ["a.b.c", "a.*", "a.b.*"]],
])("patternsFor %s", (name, expected) => expect(patternsFor(name)).toEqual(expected));

describe("startedBy", () => {
  const fn = (id: string, ...triggers: FunctionConfig["triggers"]): FunctionConfig => ({ id, triggers, steps: {} });
  const event = { id: "1", name: "app/user.created", ts: 1, data: { plan: "pro" } };

  test("each function once, by name, pattern and condition", () => {
    const functions = [
      fn("name", { event: "app/user.created" }),
      fn("pattern", { event: "app/*" }),
      fn("twice", { event: "app/*" }, { event: "app/user.*" }),
      fn("condition", { event: "app/user.created", expression: "event.data.plan == 'pro'" }),
      fn("other condition", { event: "app/user.created", expression: "event.data.plan == 'free'" }),
      fn("second trigger", { event: "app/*", expression: "false" }, { event: "app/user.*" }),
      fn("other name", { event: "app/user" }),
      fn("only invoked"),
    ];
    expect(startedBy(event, functions).map(({ id }) => id)).toEqual([
      "name",
      "pattern",
      "twice",
      "condition",
      "second trigger",
    ]);
  });
});

test("isReserved", () => {
  expect(["inngest/function.failed", "Inngest/x", "app/inngest/", "inngest"].map(isReserved)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
