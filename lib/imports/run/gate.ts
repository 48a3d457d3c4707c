import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { firstBlock } from "@/lib/preflight/run-checks";
import { openCredential } from "../credentials";
import { haveJustPassed, storeFindings } from "../findings";
import { logEvent } from "../log";
import { findPlan } from "../plan-record";
import { type ImportRecord, loadImport, moveImport } from "../record";
import { checkBoth } from "./inspect-both";
import { targetOf } from "./targets";

/** The checks once more, unless they have just passed, before anything is changed; then the import is `running`. */
export async function passGate(importId: string): Promise<{ lanes: number }> {
  const record = await loadImport(importId);
  const { lanes } = record.options;
  if (record.status === "running") return { lanes };
  const resuming = (await findPlan(importId)) !== null;
  const said =
    !resuming && (await haveJustPassed(importId)) ? "Checks passed a moment ago." : await check(record, resuming);
  if (said === null) return { lanes };
  await failpoint("gate.checked");
  const more = { phase: resuming ? "copy" : "schema" };
  if (!(await moveImport(importId, ["queued"], "running", more))) {
    const { status } = await loadImport(importId);
    if (status === "running") return { lanes };
    throw new FerryError("import.wrong_state", { status, verb: "started" });
  }
  await failpoint("gate.recorded");
  await logEvent(importId, "info", "gate.passed", said);
  return { lanes };
}

/** What the log says of it; null when another call of the same step is through already. */
async function check(record: ImportRecord, resuming: boolean): Promise<string | null> {
  const { id, options } = record;
  const source = await openCredential(id, "source");
  const { inventory, findings } = await checkBoth(source, await targetOf(record), options, resuming);
  // What the target has by then is the import's own.
  if ((await loadImport(id)).status === "running") return null;
  await storeFindings(id, findings, options);
  const block = firstBlock(findings);
  if (block) throw new FerryError("check.blocked", { reason: block.message });
  return `Checks passed: ${inventory.tables.length} tables to look at.`;
}
