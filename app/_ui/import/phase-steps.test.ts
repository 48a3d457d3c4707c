import { expect, it, test } from "vitest";
import type { WorkView } from "@/lib/imports/view";
import { phaseSteps } from "./phase-steps";

const work = (kind: WorkView["kind"], done: number, total: number, running = 0): WorkView => ({
  kind,
  total,
  done,
  running,
  failed: 0,
});
const states = (steps: ReturnType<typeof phaseSteps>) => steps.map((step) => step.state);

test("nothing has begun while the checks run", () => {
  const steps = phaseSteps({ phase: "check", status: "queued", work: [] });
  expect(states(steps)).toEqual(["current", "ahead", "ahead", "ahead", "ahead"]);
});

test("two phases are under way when indexes build beside the copy", () => {
  const steps = phaseSteps({
    phase: "copy",
    status: "running",
    work: [
      work("schema", 3, 3),
      work("copy", 5, 9, 1),
      work("index", 1, 6, 1),
      work("sequence", 2, 2),
      work("verify", 0, 9),
    ],
  });
  expect(states(steps)).toEqual(["done", "done", "current", "current", "ahead"]);
  expect(steps[3]?.units).toEqual({ done: 3, total: 8 });
});

test("everything is done at the end, also a phase that had no units", () => {
  const steps = phaseSteps({ phase: "done", status: "succeeded", work: [work("copy", 9, 9)] });
  expect(states(steps)).toEqual(["done", "done", "done", "done", "done"]);
});

it.each(["failed", "cancelled"] as const)("a %s import stops where it was", (status) => {
  const steps = phaseSteps({ phase: "copy", status, work: [work("schema", 3, 3), work("copy", 5, 9)] });
  expect(states(steps)).toEqual(["done", "done", "stopped", "ahead", "ahead"]);
});

it("a difference is where the verification stopped", () => {
  const steps = phaseSteps({ phase: "done", status: "differences", work: [work("copy", 9, 9), work("verify", 2, 2)] });
  expect(states(steps)).toEqual(["done", "done", "done", "done", "stopped"]);
});
