import type { ImportStatus } from "@/lib/imports/status";
import { type ImportView, type Phase, phases } from "@/lib/imports/view";
import type { UnitKind } from "@/lib/plan/unit";

type ShownPhase = Exclude<Phase, "done">;

export interface PhaseStep {
  phase: ShownPhase;
  word: string;
  state: "done" | "current" | "ahead" | "stopped";
  /** Units of this phase; null where it is not made of units. */
  units: { done: number; total: number } | null;
}

const words: Record<ShownPhase, string> = {
  check: "Check",
  schema: "Schema",
  copy: "Data",
  finish: "Indexes and keys",
  verify: "Verification",
};

const phaseOf: Record<UnitKind, ShownPhase> = {
  schema: "schema",
  copy: "copy",
  "large-objects": "copy",
  sequence: "finish",
  index: "finish",
  constraint: "finish",
  validate: "finish",
  refresh: "finish",
  analyze: "finish",
  post: "finish",
  count: "verify",
  verify: "verify",
};

const STOPPED: ReadonlySet<ImportStatus> = new Set(["paused", "failed", "cancelled", "blocked", "differences"]);

/**
 * Phases overlap: the indexes of a finished table build while another is copied. So a phase with open units
 * is current even when the import as a whole is named after an earlier one.
 */
export function phaseSteps({ phase, status, work }: Pick<ImportView, "phase" | "status" | "work">): PhaseStep[] {
  const reached = phases.indexOf(phase);
  return (Object.keys(words) as ShownPhase[]).map((shown, place) => {
    const own = work.filter((entry) => phaseOf[entry.kind] === shown);
    const total = own.reduce((sum, entry) => sum + entry.total, 0);
    const done = own.reduce((sum, entry) => sum + entry.done, 0);
    const isStarted = own.some((entry) => entry.running > 0 || entry.done > 0 || entry.failed > 0);
    // Objects are compared when all its units are done.
    const isOpen = shown === "verify" && status !== "succeeded";
    const isDone = !isOpen && (total > 0 ? done === total && reached >= place : reached > place);
    const isCurrent = (isOpen && reached >= place) || reached === place || (isStarted && !isDone);
    const state = isDone ? "done" : !isCurrent ? "ahead" : STOPPED.has(status) ? "stopped" : "current";
    return { phase: shown, word: words[shown], state, units: total > 0 ? { done, total } : null };
  });
}
