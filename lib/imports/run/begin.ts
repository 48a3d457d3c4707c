import { passGate } from "./gate";
import { openEpoch } from "./open-epoch";
import type { RunOver } from "./run-over";

/** Through the gate, and a keeper asked for: it is on its way to the source while the target is prepared. */
export async function beginImport(importId: string, run: number): Promise<{ lanes: number; epoch: number } | RunOver> {
  const passed = await passGate(importId, run);
  if (typeof passed === "string") return passed;
  const opened = await openEpoch(importId, run, 1);
  return typeof opened === "string" ? opened : { lanes: passed.lanes, epoch: opened.epoch };
}
