import { FerryError } from "@/lib/errors/ferry-error";
import { firstBlock } from "@/lib/preflight/run-checks";
import { openCredential } from "./credentials";
import { storeFindings } from "./findings";
import { findPlan } from "./plan-record";
import { loadImport, moveImport } from "./record";
import { checkBoth } from "./run/inspect-both";
import { targetOf } from "./run/targets";

/** Looks at both ends again, after something was put right there. */
export async function runChecks({ id }: { id: string }): Promise<void> {
  const record = await loadImport(id);
  if (record.status !== "draft" && record.status !== "blocked") {
    throw new FerryError("import.wrong_state", { status: record.status, verb: "checked" });
  }
  const source = await openCredential(id, "source");
  const resuming = (await findPlan(id)) !== null;
  const { findings } = await checkBoth(source, await targetOf(record), record.options, resuming);
  await storeFindings(id, findings, record.options);
  await moveImport(id, firstBlock(findings) ? "bar" : "clear", { set: { error: null } });
}
