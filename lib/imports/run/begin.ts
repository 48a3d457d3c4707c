import { passGate } from "./gate";
import { openEpoch } from "./open-epoch";
import { prepareTarget } from "./prepare";
import type { RunOver } from "./run-over";

/** Through the gate; then a keeper is on its way to the source while the target is prepared. May be repeated. */
export async function beginImport(importId: string, run: number): Promise<{ lanes: number; epoch: number } | RunOver> {
  const passed = await passGate(importId, run);
  if (typeof passed === "string") return passed;
  const opened = await openEpoch(importId, run, 1);
  if (typeof opened === "string") return opened;
  const prepared = await prepareTarget(importId, run);
  return prepared === "ready" ? { lanes: passed.lanes, epoch: opened.epoch } : prepared;
}
