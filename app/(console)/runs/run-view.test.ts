import { expect, test } from "vitest";
import type { StepSummary } from "@/lib/embedded/runs";
import { chosenStep, importOf, shownJson, stepOutcome, stepView } from "./run-view";

const step = (more: Partial<StepSummary>): StepSummary => ({
  ...{ id: "abc", op: "StepRun", name: "plan-1", state: "recorded", attempts: 1, memo: null, lastError: null },
  ...{ startedAt: null, endedAt: null, dueAt: null },
  ...more,
});

test.each<[string, Partial<StepSummary>, string | null]>([
  ["a result", { memo: '{"data":{"end":"more"}}' }, '{\n  "end": "more"\n}'],
  ["no result", { memo: '{"data":null}' }, "null"],
  ["an error", { memo: '{"error":{"message":"no"}}' }, '{\n  "message": "no"\n}'],
  ["an attempt that failed", { lastError: "it broke" }, '"it broke"'],
  ["nothing yet", {}, null],
])("the outcome of a step: %s", (_, more, shown) => {
  expect(stepOutcome(step(more))).toBe(shown);
});

test("no secret is shown, also where the text is cut", () => {
  const url = "postgres://importer:hunter2secret@db.example.com/shop";
  expect(shownJson({ url })).not.toContain("hunter2secret");
  const padding = "x".repeat(4_000 - '{\n  "padding": "",\n  "url": "postgres://importer:hunt'.length);
  expect(shownJson({ padding, url })).not.toContain("hunt");
  expect(stepView(step({ name: `copy ${url}` })).name).not.toContain("hunter2secret");
});

test("what is long is cut, and says by how much", () => {
  expect(shownJson("y".repeat(5_000))).toMatch(/^"y{3999}\n… and 1002 more characters$/);
});

test("a step under way has a name and no time that it took", () => {
  const startedAt = new Date("2026-01-01T00:00:00Z");
  expect(stepView(step({ id: "", op: "Call", name: null, state: "running", startedAt }))).toMatchObject({
    ...{ id: "call", name: "Goes on with the function", kind: "Call", tookMs: null, dueAt: null },
  });
});

test("the step that is opened is the one asked for, else one in trouble", () => {
  const steps = [step({ id: "one" }), step({ id: "two", state: "failed" }), step({ id: "three" })];
  expect(chosenStep({ steps }, "three")?.id).toBe("three");
  expect(chosenStep({ steps }, undefined)?.id).toBe("two");
  expect(chosenStep({ steps: [step({})] }, "gone")).toBeNull();
});

test.each<[unknown[], string | null]>([
  [[{ name: "ferry/import.started", data: { importId: "01abc" } }], "01abc"],
  [[{ name: "inngest/function.failed", data: { event: { data: { importId: "01abc" } } } }], "01abc"],
  [[{ name: "other", data: {} }], null],
  [[{ name: "other", data: { importId: "../x" } }], null],
  [[], null],
])("%j is about the import %s", (events, id) => {
  expect(importOf(events)).toBe(id);
});
