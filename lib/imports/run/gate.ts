import { FerryError } from "@/lib/errors/ferry-error";
import { firstBlock } from "@/lib/preflight/run-checks";
import { openCredential } from "../credentials";
import { storeFindings } from "../findings";
import { logEvent } from "../log";
import { findPlan } from "../plan-record";
import { loadImport, moveImport } from "../record";
import { checkBoth } from "./inspect-both";
import { targetOf } from "./targets";

/** The checks once more, before anything is changed; then the import is `running`. */
export async function passGate(importId: string): Promise<{ lanes: number }> {
  const record = await loadImport(importId);
  const { lanes } = record.options;
  if (record.status === "running") return { lanes };
  const resuming = (await findPlan(importId)) !== null;
  const source = await openCredential(importId, "source");
  const checked = await checkBoth(source, await targetOf(record), record.options, resuming);
  // An engine may make one call twice: when the other is through, what the target has by now is the import's own.
  if ((await loadImport(importId)).status === "running") return { lanes };
  await storeFindings(importId, checked.findings);
  const block = firstBlock(checked.findings);
  if (block) throw new FerryError("check.blocked", { reason: block.message });
  const more = { phase: resuming ? "copy" : "schema" };
  if (!(await moveImport(importId, ["queued"], "running", more))) {
    const { status } = await loadImport(importId);
    if (status === "running") return { lanes };
    throw new FerryError("import.wrong_state", { status, verb: "started" });
  }
  await logEvent(
    importId,
    "info",
    "gate.passed",
    `Checks passed: ${checked.inventory.tables.length} tables to look at.`,
  );
  return { lanes };
}
