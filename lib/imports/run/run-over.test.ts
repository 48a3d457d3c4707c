import { expect, it } from "vitest";
import { overFor, type RunOver } from "./run-over";

it.each<[Parameters<typeof overFor>, RunOver | null]>([
  [[{ status: "running", run: 2 }, 2], null],
  [[{ status: "queued", run: 2 }, 2, true], null],
  [[{ status: "running", run: 2 }, 2, true], null],
  // Its gate has long been passed: another run has been asked for.
  [[{ status: "queued", run: 2 }, 2], "stopped"],
  [[{ status: "paused", run: 2 }, 2], "paused"],
  [[{ status: "paused", run: 2 }, 2, true], "paused"],
  [[{ status: "running", run: 3 }, 2], "stopped"],
  [[{ status: "queued", run: 3 }, 2, true], "stopped"],
  [[{ status: "paused", run: 3 }, 2], "stopped"],
  [[{ status: "cancelled", run: 2 }, 2], "stopped"],
  [[{ status: "failed", run: 2 }, 2], "stopped"],
  [[{ status: "succeeded", run: 2 }, 2], "stopped"],
])("%j: %s", (given, over) => {
  expect(overFor(...given)).toBe(over);
});
