import { sql } from "drizzle-orm";
import type { Client } from "pg";
import { dropLedger, leaveLedger } from "@/lib/copy/ledger";
import { database } from "@/lib/db/client";
import { explain } from "@/lib/errors/describe";
import { FerryError, type StoredError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import type { ImportOptions } from "@/lib/plan/options";
import { withSession } from "@/lib/postgres/session";
import { askForRelease, waitForRelease } from "@/lib/snapshot/holders";
import { ringFor } from "../bell";
import { openCredential, wipeCredential } from "../credentials";
import { forgetOwnKey } from "../neon/account";
import { loadImport, moveImport, movePhase } from "../record";
import { tellEnded } from "../tell-ended";
import { differencesOf } from "../verdict";
import { storeImportReport } from "./import-report";
import { discardTestRun, releaseTarget } from "./release-target";
import { overNow, type RunOver } from "./run-over";

const RELEASE_LIMIT_MS = 5_000;

/** Throws the error of the unit that stopped the others, or says that there is work left that nobody does. */
export async function refuseUnfinished(importId: string): Promise<void> {
  const { rows } = await database().execute<{ subject: string; state: string; error: StoredError | null }>(sql`
    select subject, state, error from units where import_id = ${importId} and state <> 'done'
     order by state <> 'failed', finished_at, id limit 1`);
  const [first] = rows;
  if (first?.error && first.state === "failed") throw new FerryError(first.error.code, first.error.context);
  if (first) throw new FerryError("internal", { reason: `the lanes ended before ${first.subject} was done` });
}

/**
 * All units are done: gives the verdict (invariant 6), takes Ferry's own things off the target, lets the snapshot
 * go and wipes the source's password. May be repeated. Once it has begun the import cannot be paused any more: it could
 * not go on without its ledger and the password.
 */
export async function finishImport(
  importId: string,
  run: number,
): Promise<{ status: string; differences: number } | RunOver> {
  const record = await loadImport(importId);
  const differences = await differencesOf(importId);
  const status = differences.length > 0 ? "differences" : "succeeded";
  if (record.status !== status) {
    if (!(await movePhase(importId, "finish", { status: "running", run }))) {
      return (await overNow(importId, run)) ?? "stopped";
    }
    await storeImportReport(importId);
    await failpoint("finish.judged");
    await askForRelease(importId);
    const target = await openCredential(importId, "target");
    // Into tables that are there already another import may be on its way, too.
    const leave = (client: Client) =>
      record.options.content === "data" ? leaveLedger(client, importId) : dropLedger(client);
    await withSession(target, { side: "target", name: `ferry ${importId} finish` }, leave);
    await failpoint("finish.ledger-dropped");
    await releaseTarget(record);
    await waitForRelease(importId, RELEASE_LIMIT_MS);
    await wipeCredential(importId, "source");
    await failpoint("finish.wiped");
    const error =
      differences.length > 0 ? { code: "verify.differences" as const, context: { count: differences.length } } : null;
    const set = { finishedAt: new Date(), phase: "done" as const, error };
    const message = verdictText(error, record.options);
    const line = { level: error ? "error" : "info", kind: `import.${status}`, message } as const;
    await moveImport(importId, error ? "differ" : "succeed", { set, run, line });
    await failpoint("finish.moved");
  }
  // After differences there is something to be looked at: the branch goes by itself, later.
  if (status === "succeeded" && record.options.testRun) await discardTestRun(record);
  await forgetOwnKey(importId);
  ringFor(importId);
  await tellEnded(importId, run, status);
  return { status, differences: differences.length };
}

function verdictText(error: StoredError | null, { verify }: ImportOptions): string {
  if (error) return explain(error).what;
  return verify === "none" ? "Imported; nothing was compared." : "Imported and verified.";
}
