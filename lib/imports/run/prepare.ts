import { createLedger, leaveLedger } from "@/lib/copy/ledger";
import { database } from "@/lib/db/client";
import { withSession } from "@/lib/postgres/session";
import { storeCredential, wipeCredential } from "../credentials";
import { logEvent } from "../log";
import { findPlan } from "../plan-record";
import { loadImport } from "../record";
import { overFor, type RunOver } from "./run-over";
import { targetOf } from "./targets";

/** Makes the target ready and lays out the ledger there. May be repeated. */
export async function prepareTarget(importId: string, run: number): Promise<"ready" | RunOver> {
  const record = await loadImport(importId);
  const over = overFor(record, run);
  if (over) return over;
  const target = await targetOf(record);
  const spec = await target.prepare();
  await storeCredential(database(), importId, "target", spec);
  const session = { side: "target", name: `ferry ${importId} prepare` } as const;
  await withSession(spec, session, (client) => createLedger(client, importId));
  const now = await loadImport(importId);
  if (now.status === "cancelled") {
    // The clean-up may have been here before it was made.
    await withSession(spec, session, (client) => leaveLedger(client, importId));
    if (!(await findPlan(importId))) await target.discard();
    await wipeCredential(importId, "target");
  }
  const overNow = overFor(now, run);
  if (overNow) return overNow;
  await logEvent(importId, "info", "target.ready", `Target database ${spec.database} on ${spec.host} is ready.`);
  return "ready";
}
