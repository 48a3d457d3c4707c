import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { putBack } from "@/lib/copy/aside";
import { hasLedger, leaveLedger } from "@/lib/copy/ledger";
import { unlinkOwnObjects } from "@/lib/copy/own-objects";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { asideWords, isNothing } from "@/lib/plan/data-only/aside";
import type { ConnectionSpec, Side } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import { endSessionsNamed, sessionsNamed } from "@/lib/postgres/sessions-named";
import { tellAside } from "../aside-record";
import { findCredential, wipeCredential } from "../credentials";
import { logEvent } from "../log";
import { forgetOwnKey } from "../neon/account";
import { findPlan } from "../plan-record";
import { type ImportRecord, loadImport } from "../record";
import { unitSession } from "./detached-unit";
import { discardMade } from "./discard-made";
import { releaseTarget } from "./release-target";
import { targetOf } from "./targets";

/** Lanes and keepers leave at their next beat; whoever is here after that is ended. */
const LEAVE_MS = 2_500;
const GONE_MS = 15_000;
const POLL_MS = 100;
/** Statements that the log names when they were refused. */
const MOST_NAMED = 5;

const cleaning = (importId: string) => `ferry ${importId} clean-up`;

/** An event that nobody's cancel has sent must not take the ground away from an import at work. */
async function cancelled(importId: string): Promise<ImportRecord> {
  const record = await loadImport(importId);
  if (record.status !== "cancelled") {
    throw new FerryError("import.wrong_state", { status: record.status, verb: "cleaned up" });
  }
  return record;
}

/** After a cancel: sees that no session of the import is left on a side, and ends those that stay. May be repeated. */
export async function endSessions(importId: string, side: Extract<Side, "source" | "target">): Promise<void> {
  const { run } = await cancelled(importId);
  const spec = await findCredential(importId, side);
  // A draft has opened none, and without a password there is no way to look.
  if (run === 0 || !spec) return;
  if (side === "target") await failpoint("statements.ending");
  const [all, own] = [`ferry ${importId} `, cleaning(importId)];
  await withSession(spec, { side, name: own }, async (client) => {
    const startedAt = Date.now();
    // Nobody wants the result of what the target works on alone.
    if (side === "target") await endSessionsNamed(client, unitSession(importId, ""));
    for (;;) {
      const names = await sessionsNamed(client, all, own);
      if (names.length === 0) return;
      const passedMs = Date.now() - startedAt;
      if (passedMs > GONE_MS) throw new Error(`Still there after a cancel: ${names.join(", ")}`);
      if (passedMs > LEAVE_MS) await endSessionsNamed(client, all, own);
      await sleep(POLL_MS);
    }
  });
}

/** Takes Ferry's own records off the target, and for `discard` all that it has made there. May be repeated. */
export async function cleanTarget(importId: string, discard: boolean): Promise<void> {
  const record = await cancelled(importId);
  if (record.run === 0) return;
  const { kind } = record.target;
  if (discard && kind === "local") return (await targetOf(record)).discard();
  // Before there is a plan nothing has arrived that anybody could want to keep.
  if (kind === "neon" && (discard || !(await findPlan(importId)))) return (await targetOf(record)).discard();
  const spec = await findCredential(importId, "target");
  if (record.options.content === "data") return leaveReceiver(importId, spec, discard);
  if (!spec) return;
  const left = await withSession(spec, { side: "target", name: cleaning(importId) }, async (client) => {
    const refused = discard ? await discardMade(client, importId) : [];
    await leaveLedger(client, importId);
    return refused;
  });
  await failpoint("clean-up.left");
  if (kind === "neon") await releaseTarget(record);
  if (left.length === 0) return;
  const more = left.length > MOST_NAMED ? ` and ${left.length - MOST_NAMED} more` : "";
  const named = left.slice(0, MOST_NAMED).join("; ");
  await logEvent(
    importId,
    "warn",
    "clean_up.left",
    `Something else on the target leans on what stays: ${named}${more}.`,
  );
}

/** Tables that were there before stay, without what came into them for `discard`; what was put aside comes back. */
async function leaveReceiver(importId: string, spec: ConnectionSpec | null, discard: boolean): Promise<void> {
  if (!spec) return tellAside(importId, ASIDE_BY_HAND);
  await withSession(spec, { side: "target", name: cleaning(importId) }, async (client) => {
    if (discard && (await hasLedger(client))) await unlinkOwnObjects(client, importId);
    const back = await putBack(client, importId, discard);
    // Told before the target forgets it.
    for (const { statement, reason } of back?.refused ?? []) {
      const message = `The target refused what puts back what was there (${reason}): ${statement};`;
      await logEvent(importId, "warn", "aside.refused", message);
    }
    if (back && back.refused.length === 0 && !isNothing(back.aside)) {
      await logEvent(importId, "info", "aside.back", `Put back on the target: ${asideWords(back.aside)}.`);
    }
    await leaveLedger(client, importId);
  });
}

const ASIDE_BY_HAND = "Ferry has no password to put them back with; by hand it is:";

/** The last step: from now on nobody can reach either end with what Ferry has. */
export async function wipePasswords(importId: string): Promise<void> {
  await cancelled(importId);
  await wipeCredential(importId, "source");
  await failpoint("clean-up.wiping");
  await forgetOwnKey(importId);
  await wipeCredential(importId, "target");
}

/** When the engine has given up: the passwords go all the same, and the user is told what may be left. */
export async function giveUpCleaning(importId: string): Promise<void> {
  const [row] = await database().select({ status: imports.status }).from(imports).where(eq(imports.id, importId));
  if (row?.status !== "cancelled") return;
  await wipePasswords(importId);
  await tellAside(importId, ASIDE_BY_HAND);
  const words =
    "The clean-up could not be finished. If the target has a schema _ferry, and no other import goes there, drop it.";
  await logEvent(importId, "warn", "clean_up.failed", words);
}
