import { createLedger, dropLedger } from "@/lib/copy/ledger";
import { database } from "@/lib/db/client";
import { failpoint } from "@/lib/failpoints";
import { withSession } from "@/lib/postgres/session";
import { storeCredential } from "../credentials";
import { logEvent } from "../log";
import { loadImport } from "../record";
import { hasEnded } from "../status";
import { targetOf } from "./targets";

/** Makes the target ready and lays out the ledger there. May be repeated, and come late: an end leaves no ledger behind. */
export async function prepareTarget(importId: string): Promise<void> {
  const record = await loadImport(importId);
  if (hasEnded(record.status)) return;
  const spec = await (await targetOf(record)).prepare();
  await failpoint("prepare.made");
  await storeCredential(database(), importId, "target", spec);
  await failpoint("prepare.recorded");
  const isOver = await withSession(spec, { side: "target", name: `ferry ${importId} prepare` }, async (client) => {
    await createLedger(client, importId);
    const { status } = await loadImport(importId);
    // While this call stood still another one went to the end: nobody else would take the ledger away again.
    if (status === "succeeded" || status === "differences") await dropLedger(client);
    return hasEnded(status);
  });
  if (isOver) return;
  await failpoint("prepare.laid-out");
  await logEvent(importId, "info", "target.ready", `Target database ${spec.database} on ${spec.host} is ready.`);
}
