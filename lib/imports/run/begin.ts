import { passGate } from "./gate";
import { openEpoch } from "./open-epoch";

/** Through the gate, and a keeper asked for: it is on its way to the source while the target is prepared. */
export async function beginImport(importId: string): Promise<{ lanes: number; epoch: number }> {
  const { lanes } = await passGate(importId);
  const { epoch } = await openEpoch(importId, 1);
  return { lanes, epoch };
}
