import { type ImportRecord, loadImport } from "../record";

/** How a run of the engine ends before its work is done: somebody paused the import, or it is not this run's any more. */
export type RunOver = "paused" | "stopped";

/** Null while the import is at work in this run. Only the gate comes before `running`. Pure. */
export function overFor(
  { status, run }: Pick<ImportRecord, "status" | "run">,
  own: number,
  isAtGate = false,
): RunOver | null {
  if (run !== own) return "stopped";
  if (status === "paused") return "paused";
  return status === "running" || (isAtGate && status === "queued") ? null : "stopped";
}

export const overNow = async (importId: string, run: number): Promise<RunOver | null> =>
  overFor(await loadImport(importId), run);
