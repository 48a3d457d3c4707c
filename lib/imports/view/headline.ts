import type { Explanation } from "@/lib/errors/describe";
import { durationWords } from "@/lib/preflight/words";
import type { ImportStatus } from "../status";
import type { Phase, ProgressView, TableView, WorkView } from ".";
import type { PauseView } from "./pause";

export interface HeadlineInput {
  status: ImportStatus;
  phase: Phase;
  progress: ProgressView;
  tables: TableView[];
  work: WorkView[];
  error: Explanation | null;
  differences: number;
  verified: boolean;
  /** How long it took, if it was one. */
  testRunSeconds: number | null;
  pause: Pick<PauseView, "snapshot"> | null;
  /** The tables are the target's own. */
  isDataOnly?: boolean;
}

/** One sentence: what is happening, and how long it will take. Pure. */
export function headline(input: HeadlineInput): string {
  switch (input.status) {
    case "draft":
      return "Checked and ready to start.";
    case "blocked":
      return input.error?.what ?? "A check found something that has to be put right first.";
    case "queued":
      return "Waiting for the first step to begin.";
    case "running":
      return [doing(input), timeLeft(input.progress)].filter(Boolean).join(" ");
    case "paused":
      return input.pause?.snapshot === "let-go"
        ? "Paused. When it goes on, everything is read again unless the source has not changed."
        : "Paused. It goes on where it stopped.";
    case "succeeded":
      return [
        input.testRunSeconds !== null && `The test run took ${durationWords(input.testRunSeconds)}.`,
        input.verified ? "Everything is there: imported and verified." : "Imported. Verification was switched off.",
      ]
        .filter(Boolean)
        .join(" ");
    case "differences":
      return `Imported, but source and target differ in ${count(input.differences, "place")}.`;
    case "failed":
      return input.error?.what ?? "The import stopped.";
    case "cancelled":
      return "Cancelled.";
  }
}

function doing({ phase, tables, work, isDataOnly = false }: HeadlineInput): string {
  const left = (...kinds: string[]) =>
    work.filter((item) => kinds.includes(item.kind)).reduce((sum, item) => sum + item.total - item.done, 0);
  switch (phase) {
    case "check":
      return "Checking both ends.";
    case "schema":
      if (work.length === 0) return "Reading the schema.";
      return isDataOnly ? "Putting foreign keys and triggers aside." : "Creating tables, types and functions.";
    case "copy": {
      const names = tables.filter((table) => table.state === "copying");
      const [first] = names;
      if (!first) return left("copy") === 0 && left("large-objects") > 0 ? "Copying large objects." : "Copying rows.";
      const parts = first.parts > 1 ? `, ${first.partsDone} of ${first.parts} parts` : "";
      const others = names.length > 1 ? ` and ${count(names.length - 1, "other table")}` : parts;
      return `Copying ${first.schema}.${first.name}${others}.`;
    }
    case "finish": {
      const indexes = left("index");
      if (indexes > 0) return "Building indexes.";
      return left("constraint", "validate") > 0
        ? "Adding and validating constraints."
        : "Finishing: views, triggers, statistics.";
    }
    case "verify":
    case "done":
      return "Comparing both sides.";
  }
}

function timeLeft({ secondsLeft }: ProgressView): string {
  if (!secondsLeft) return "";
  const { low, high } = secondsLeft;
  if (high < 60) return `About ${count(Math.max(high, 1), "second")} left.`;
  const [from, to] = [Math.round(low / 60), Math.ceil(high / 60)];
  return from >= to || from === 0 ? `About ${count(to, "minute")} left.` : `${from} to ${to} minutes left.`;
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;
