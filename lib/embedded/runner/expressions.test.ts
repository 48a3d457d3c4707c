import { beforeAll, describe, expect, test } from "vitest";
import { CONDITIONS, EVENT_DATA } from "./conformance/conditions";
import { computed, holds, isExpression, loadExpressions, startsByExpression } from "./expressions";

beforeAll(loadExpressions);

const event = { id: "1", name: "events/conditional", ts: 1, data: EVENT_DATA };

describe("holds", () => {
  // The same table is tried on Inngest's own server by the conformance suite.
  test.each(CONDITIONS)("$condition: $holds", ({ condition, holds: expected }) => {
    expect(holds(condition, { event })).toBe(expected);
  });

  test("an absent condition holds, a broken one does not", () => {
    expect(holds(undefined, { event })).toBe(true);
    expect(holds("", { event })).toBe(true);
    expect(holds("event.data.amount >", { event })).toBe(false);
    expect(holds("nobody.knows == 1", { event })).toBe(false);
    expect(holds("event.data.amount < 'x'", { event })).toBe(false);
  });

  test("in a wait's condition a missing field is null on both sides", () => {
    const scope = { event: { data: {} }, async: { data: {} } };
    expect(holds("event.data.id == async.data.id", scope, "null")).toBe(true);
    expect(holds("event.data.id == async.data.id", scope)).toBe(false);
    expect(holds("event.data.id == async.data.id", { ...scope, async: { data: { id: 1 } } }, "null")).toBe(false);
  });

  test("does not mistake inherited fields for the event's", () => {
    expect(holds("event.data.toString == null", { event })).toBe(true);
    expect(holds("event.data.constructor == null", { event })).toBe(true);
  });
});

test("computed gives the value itself", () => {
  expect(computed("event.data.kind", { event })).toBe("large");
  expect(computed("event.data.amount + 1", { event })).toBe(43);
  expect(computed("event.data.kind + '-' + event.data.tags[1]", { event })).toBe("large-second");
});

test("isExpression tells what can be read", () => {
  expect(isExpression("async.data.id == event.data.id")).toBe(true);
  expect(isExpression("async.data.id ==")).toBe(false);
});

test.each([
  ["an event alone", {}, false],
  ["one limit for all", { concurrency: 3 }, false],
  ["a limit without a key", { concurrency: { limit: 1 } }, false],
  ["a limit by key", { concurrency: [{ limit: 5 }, { limit: 1, key: "event.data.id" }] }, true],
  ["an idempotency value", { idempotency: "event.data.id" }, true],
  ["a condition", { triggers: [{ event: "a" }, { event: "b", expression: "event.data.x == 1" }] }, true],
  [
    "a condition for its cancelling, which is looked at when that event comes",
    { cancel: [{ event: "c", if: "true" }] },
    false,
  ],
])("knows whether a run begins with an expression: %s", (_, options, expected) => {
  expect(startsByExpression({ id: "f", triggers: [{ event: "a" }], steps: {}, ...options })).toBe(expected);
});
