import { createLedger } from "@/lib/copy/ledger";
import { database } from "@/lib/db/client";
import { failpoint } from "@/lib/failpoints";
import { withSession } from "@/lib/postgres/session";
import { storeCredential } from "../credentials";
import { logEvent } from "../log";
import { loadImport } from "../record";
import { targetOf } from "./targets";

/** Makes the target ready and lays out the ledger there. May be repeated. */
export async function prepareTarget(importId: string): Promise<void> {
  const record = await loadImport(importId);
  const spec = await (await targetOf(record)).prepare();
  await failpoint("prepare.made");
  await storeCredential(database(), importId, "target", spec);
  await failpoint("prepare.recorded");
  await withSession(spec, { side: "target", name: `ferry ${importId} prepare` }, (client) =>
    createLedger(client, importId),
  );
  await failpoint("prepare.laid-out");
  await logEvent(importId, "info", "target.ready", `Target database ${spec.database} on ${spec.host} is ready.`);
}
