import { FerryError } from "@/lib/errors/ferry-error";
import { type CategoryResult, firstBlock } from "@/lib/preflight/run-checks";
import { openCredential } from "./credentials";
import { storeFindings } from "./findings";
import { findPlan } from "./plan-record";
import { loadImport, moveImport } from "./record";
import { checkBoth } from "./run/inspect-both";
import { targetIfChosen } from "./run/targets";

interface RunChecksRequest {
  id: string;
  /** Hears of each category of checks as it is done. */
  onCategory?: (result: CategoryResult) => void;
}

/** Looks at both ends again, after something was put right there. */
export async function runChecks({ id, onCategory }: RunChecksRequest): Promise<void> {
  const record = await loadImport(id);
  if (record.status !== "draft" && record.status !== "blocked") {
    throw new FerryError("import.wrong_state", { status: record.status, verb: "checked" });
  }
  const source = await openCredential(id, "source");
  const resuming = (await findPlan(id)) !== null;
  const target = await targetIfChosen(record);
  const { findings } = await checkBoth({ source, target, options: record.options, resuming, onCategory });
  await storeFindings(id, findings, record.options);
  await moveImport(id, firstBlock(findings) ? "bar" : "clear", { set: { error: null } });
}
