import { createLedger, leaveLedger } from "@/lib/copy/ledger";
import { database } from "@/lib/db/client";
import { dispositionOf, explain, toStored } from "@/lib/errors/describe";
import { failpoint } from "@/lib/failpoints";
import { secretsOf } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import { redact, rememberSecrets } from "@/lib/security/redact";
import { storeCredential, wipeCredential } from "../credentials";
import { logEvent } from "../log";
import { noteNeonBranch } from "../neon/note-branch";
import { findPlan } from "../plan-record";
import { loadImport } from "../record";
import type { ImportStatus } from "../status";
import { overFor, type RunOver } from "./run-over";
import { stepBudgetMs } from "./step-budget";
import { targetOf } from "./targets";

/** Of a step's time: the gate comes before, and the ledger after. What is not ready by then is gone on with in the next. */
const PREPARE_SHARE = 0.6;

/** Nobody goes on with it. A failed import needs its ledger for the retry. */
const GONE: readonly ImportStatus[] = ["succeeded", "differences", "cancelled"];

/** Makes the target ready and lays out the ledger there. May be repeated, and come late: an end leaves no ledger behind. */
export async function prepareTarget(importId: string, run: number): Promise<"ready" | RunOver> {
  const record = await loadImport(importId);
  const over = overFor(record, run);
  if (over) return over;
  const target = await targetOf(record);
  const endsAt = Date.now() + stepBudgetMs(record.options) * PREPARE_SHARE;
  const spec = await target.prepare({ endsAt }).catch((error: unknown) => tellWaiting(importId, error));
  rememberSecrets(secretsOf(spec));
  await failpoint("prepare.made");
  await storeCredential(database(), importId, "target", spec);
  if (target.kind === "neon") await noteNeonBranch(importId, spec);
  await failpoint("prepare.recorded");
  const session = { side: "target", name: `ferry ${importId} prepare` } as const;
  await withSession(spec, session, (client) => createLedger(client, importId));
  const now = await loadImport(importId);
  // Another call may have gone to the end, or the clean-up been here, before it was made.
  if (GONE.includes(now.status)) await withSession(spec, session, (client) => leaveLedger(client, importId));
  if (now.status === "cancelled") {
    if (!(await findPlan(importId))) await target.discard();
    await wipeCredential(importId, "target");
  }
  const overNow = overFor(now, run);
  if (overNow) return overNow;
  await failpoint("prepare.laid-out");
  await logEvent(importId, "info", "target.ready", `Target database ${spec.database} on ${spec.host} is ready.`);
  return "ready";
}

/** The step is tried again in a while: whoever watches knows what is waited for. */
async function tellWaiting(importId: string, error: unknown): Promise<never> {
  if (dispositionOf(error) === "retry")
    await logEvent(importId, "warn", "target.waits", redact(explain(toStored(error)).what));
  throw error;
}
