import type { Severity } from "@/lib/preflight/finding";

/** From where to where, and with which choices. */
export const reports = {
  plain: "from a superuser to a plain owner",
  reader: "from a role that may read little",
  keep: "with owners kept, to one who may create roles",
  keepPlain: "with owners kept, to one who may not",
  superuser: "to a superuser",
  neon: "to one like Neon's",
  alone: "without a target",
  shopOnly: "of one schema",
  schemaOnly: "without rows",
  objects: "with large objects",
} as const;
export type Report = keyof typeof reports;

type Outcome = Severity | "nothing";
/** Which report, what is looked at, its code, what is said, and words that must (or for `nothing` must not) be there. */
export type Case = [report: Report, what: string, code: string, outcome: Outcome, words?: RegExp];
