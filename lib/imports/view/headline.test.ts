import { describe, expect, it } from "vitest";
import type { Explanation } from "@/lib/errors/describe";
import type { Phase, TableView, WorkView } from ".";
import { type HeadlineInput, headline } from "./headline";

const progress = {
  fraction: 0.5,
  rowsDone: 0,
  rowsExpected: 0,
  bytesDone: 0,
  bytesExpected: 0,
  bytesPerSecond: null,
  secondsLeft: null,
};
const input = (more: Partial<HeadlineInput>): HeadlineInput => ({
  status: "running",
  phase: "copy",
  progress,
  tables: [],
  work: [],
  error: null,
  differences: 0,
  verified: true,
  testRunSeconds: null,
  pause: null,
  ...more,
});
const table = (more: Partial<TableView> = {}): TableView => ({
  schema: "public",
  name: "orders",
  state: "copying",
  rowsDone: 0,
  rowsExpected: 0,
  bytesDone: 0,
  bytesExpected: 0,
  partsDone: 0,
  parts: 1,
  counted: null,
  ...more,
});
const work = (kind: WorkView["kind"], total: number, done: number): WorkView => ({
  kind,
  total,
  done,
  running: 0,
  failed: 0,
});
const error: Explanation = { code: "copy.refused", what: "The target refused a row.", unharmed: "", remedy: "" };

describe("the headline", () => {
  it.each<[Partial<HeadlineInput>, string]>([
    [{ status: "draft" }, "Checked and ready to start."],
    [{ status: "blocked" }, "A check found something that has to be put right first."],
    [
      { status: "blocked", error: { code: "check.blocked", what: "Table a cannot come.", unharmed: "", remedy: "" } },
      "Table a cannot come.",
    ],
    [{ status: "queued" }, "Waiting for the first step to begin."],
    [{ status: "paused", pause: { snapshot: "held" } }, "Paused. It goes on where it stopped."],
    [{ status: "paused", pause: { snapshot: "not-needed" } }, "Paused. It goes on where it stopped."],
    [
      { status: "paused", pause: { snapshot: "let-go" } },
      "Paused. When it goes on, everything is read again unless the source has not changed.",
    ],
    [{ status: "succeeded" }, "Everything is there: imported and verified."],
    [
      { status: "succeeded", testRunSeconds: 240 },
      "The test run took 4 minutes. Everything is there: imported and verified.",
    ],
    [{ status: "succeeded", verified: false }, "Imported. Verification was switched off."],
    [{ status: "differences", differences: 1 }, "Imported, but source and target differ in 1 place."],
    [{ status: "differences", differences: 2 }, "Imported, but source and target differ in 2 places."],
    [{ status: "failed", error }, "The target refused a row."],
    [{ status: "failed" }, "The import stopped."],
    [{ status: "cancelled" }, "Cancelled."],
    [{ phase: "check" }, "Checking both ends."],
    [{ phase: "schema" }, "Reading the schema."],
    [{ phase: "schema", work: [work("schema", 2, 1)] }, "Creating tables, types and functions."],
    [{ phase: "schema", work: [work("schema", 1, 0)], isDataOnly: true }, "Putting foreign keys and triggers aside."],
    [{ tables: [] }, "Copying rows."],
    [{ tables: [table({ state: "waiting" })] }, "Copying rows."],
    [{ tables: [table()] }, "Copying public.orders."],
    [{ tables: [table({ parts: 12, partsDone: 3 })] }, "Copying public.orders, 3 of 12 parts."],
    [{ tables: [table(), table({ name: "lines" })] }, "Copying public.orders and 1 other table."],
    [{ tables: [table(), table(), table()] }, "Copying public.orders and 2 other tables."],
    [{ phase: "finish", work: [work("index", 3, 1)] }, "Building indexes."],
    [{ phase: "finish", work: [work("index", 3, 3), work("validate", 1, 0)] }, "Adding and validating constraints."],
    [{ phase: "finish", work: [work("post", 1, 0)] }, "Finishing: views, triggers, statistics."],
    [{ phase: "verify" }, "Comparing both sides."],
  ])("of %j", (more, sentence) => {
    expect(headline(input(more))).toBe(sentence);
  });

  it.each([
    [0, 0, "About 1 second left."],
    [1, 1, "About 1 second left."],
    [20, 42, "About 42 seconds left."],
    [29, 60, "About 1 minute left."],
    [40, 70, "1 to 2 minutes left."],
    [110, 120, "About 2 minutes left."],
    [170, 300, "3 to 5 minutes left."],
  ])("tells %i to %i seconds", (low, high, words) => {
    expect(headline(input({ progress: { ...progress, secondsLeft: { low, high } } }))).toBe(`Copying rows. ${words}`);
  });

  it.each<Phase>(["check", "schema", "copy", "finish", "verify", "done"])(
    "is a sentence in every phase: %s",
    (phase) => {
      expect(headline(input({ phase }))).toMatch(/^[A-Z].*\.$/);
    },
  );
});
