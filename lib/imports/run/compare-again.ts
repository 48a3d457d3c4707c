import { explain, toStored } from "@/lib/errors/describe";
import type { StoredError } from "@/lib/errors/ferry-error";
import { statementLine } from "@/lib/verify/report/statement";
import { openCredential, wipeCredential } from "../credentials";
import { logEvent } from "../log";
import { loadImport } from "../record";
import { findReports, OWN_REPORT, storeReport, storeReportError } from "../report-record";
import { withoutSecrets } from "../stored-error";
import { stepBudgetMs } from "./step-budget";
import { verifyBoth } from "./verify-both";

/** The share of a step after which rows are not compared any more: what is left is for the report. */
const COMPARING = 0.9;

/** Makes the report that was asked for, or says why it cannot be made; then the source's password is forgotten again. */
export async function compareAgain(importId: string, number: number): Promise<{ verdict: string }> {
  const asked = (await findReports(importId)).find((record) => record.number === number && number !== OWN_REPORT);
  if (asked?.summary) return { verdict: asked.summary.verdict };
  // An event that nobody's verb has sent, or one that has failed before.
  if (!asked || asked.error) return { verdict: "not asked" };
  const { options } = await loadImport(importId);
  try {
    const [source, target] = await Promise.all([
      openCredential(importId, "source"),
      openCredential(importId, "target"),
    ]);
    const deadline = Date.now() + stepBudgetMs(options) * COMPARING;
    const report = await verifyBoth({ source, target, options, importId, deadline });
    await storeReport(importId, number, report);
    const level = report.verdict === "equal" ? "info" : "warn";
    await logEvent(importId, level, "verify.again", `Verified again: ${statementLine(report)}.`);
    return { verdict: report.verdict };
  } catch (error) {
    await giveUp(importId, number, toStored(error));
    return { verdict: "failed" };
  } finally {
    await wipeCredential(importId, "source");
  }
}

/** The process ended in the middle of it, more than once. */
export async function giveUpComparing(importId: string, number: number): Promise<void> {
  const { status } = await loadImport(importId);
  if (status !== "succeeded" && status !== "differences") return;
  await giveUp(importId, number, { code: "internal", context: { reason: "the comparison was cut off" } });
  await wipeCredential(importId, "source");
}

async function giveUp(importId: string, number: number, error: StoredError): Promise<void> {
  await storeReportError(importId, number, withoutSecrets(error));
  await logEvent(importId, "warn", "verify.again_failed", `It could not be verified again: ${explain(error).what}`);
}
