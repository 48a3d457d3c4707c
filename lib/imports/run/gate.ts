import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { firstBlock } from "@/lib/preflight/run-checks";
import { openCredential } from "../credentials";
import { haveJustPassed, storeFindings } from "../findings";
import { findPlan } from "../plan-record";
import { type ImportRecord, loadImport, moveImport } from "../record";
import { checkBoth } from "./inspect-both";
import { overFor, type RunOver } from "./run-over";
import { targetOf } from "./targets";

/** The checks once more, unless they have just passed, before anything is changed; then the import is `running`. */
export async function passGate(importId: string, run: number): Promise<{ lanes: number } | RunOver> {
  const record = await loadImport(importId);
  const { lanes } = record.options;
  const over = overFor(record, run, true);
  if (over || record.status === "running") return over ?? { lanes };
  const resuming = (await findPlan(importId)) !== null;
  const said =
    !resuming && (await haveJustPassed(importId)) ? "Checks passed a moment ago." : await check(record, resuming);
  const set = { phase: resuming ? ("copy" as const) : ("schema" as const) };
  if (said !== null) await failpoint("gate.checked");
  const line = said === null ? null : ({ level: "info", kind: "gate.passed", message: said } as const);
  if (line === null || !(await moveImport(importId, "pass", { set, run, line }))) {
    return overFor(await loadImport(importId), run) ?? { lanes };
  }
  await failpoint("gate.recorded");
  return { lanes };
}

/** What the log says of it; null when another call of the same step is through already, or this run is over. */
async function check(record: ImportRecord, resuming: boolean): Promise<string | null> {
  const { id, options } = record;
  const source = await openCredential(id, "source");
  // Somebody waits for the import by now, not for an estimate.
  const request = { source, target: await targetOf(record), options, resuming, probeFromBytes: null };
  const { tables, findings } = await checkBoth(request);
  // What the target has by then is the import's own.
  const now = await loadImport(id);
  if (now.status === "running" || overFor(now, record.run, true)) return null;
  await storeFindings(id, findings, options);
  const block = firstBlock(findings);
  if (block) throw new FerryError("check.blocked", { reason: block.message });
  return tables === null ? "Checks passed." : `Checks passed: ${tables} tables to look at.`;
}
