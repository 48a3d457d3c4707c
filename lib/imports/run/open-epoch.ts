import { and, eq, lt } from "drizzle-orm";
import { changeEpoch } from "@/lib/copy/epoch";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { sendEvent } from "@/lib/engine/send-event";
import { failpoint } from "@/lib/failpoints";
import { withSession } from "@/lib/postgres/session";
import { askForRelease, holdersOf } from "@/lib/snapshot/holders";
import { openCredential } from "../credentials";
import { writeLine } from "../log";
import { findPlan, type PlanRecord } from "../plan-record";
import { outlookOf } from "../queue/outlook";
import { resetDataUnits } from "../queue/store-plan";
import { type ImportRecord, loadImport } from "../record";
import { endStatements } from "./end-statements";
import { prepareTarget } from "./prepare";
import { overFor, type RunOver } from "./run-over";

/**
 * Says under which snapshot the work goes on, and has somebody keep it. Where the last one is lost and the source has
 * changed since, all data is copied again under the next: what two snapshots show is never mixed (invariant 3).
 */
export async function openEpoch(importId: string, run: number, round: number): Promise<{ epoch: number } | RunOver> {
  const record = await loadImport(importId);
  const over = overFor(record, run);
  if (over) return over;
  const plan = await findPlan(importId);
  // Triggers may be in place by now: what has been read is not read again.
  if (plan && (await outlookOf(importId)).reading === 0) return { epoch: record.epoch };
  const epoch = record.lostEpoch >= record.epoch ? await beginNextEpoch(record, plan) : record.epoch;
  await failpoint("epoch.opened");
  const holders = await holdersOf(importId, epoch);
  if (holders.some((holder) => holder.alive && !holder.releaseAsked)) return { epoch };
  const generation = (holders[0]?.generation ?? 0) + 1;
  const eventId = `${importId}:snapshot:${epoch}:${generation}:${run}:${round}`;
  await sendEvent("ferry/snapshot.wanted", eventId, { importId, epoch, generation });
  await failpoint("epoch.keeper-asked");
  return { epoch };
}

/** The target first: a crash in between leaves an older epoch here, and the same call does the rest. */
async function beginNextEpoch(record: ImportRecord, plan: PlanRecord | null): Promise<number> {
  const { id: importId } = record;
  const epoch = record.lostEpoch + 1;
  await askForRelease(importId);
  // Lost before there was anything to do with it.
  if (!plan) await prepareTarget(importId, record.run);
  const isOwn = record.options.content !== "data";
  const tables = isOwn ? (plan?.tables.filter((table) => table.withData) ?? []) : null;
  // They hold the epoch that they were begun under, for as long as they take.
  await endStatements(importId);
  const target = await openCredential(importId, "target");
  await withSession(target, { side: "target", name: `ferry ${importId} reset` }, (client) =>
    changeEpoch(client, importId, epoch, tables),
  );
  await failpoint("change.committed");
  await database().transaction(async (tx) => {
    // First, since whoever finishes a unit locks in this order.
    const opened = await tx
      .update(imports)
      .set({ epoch })
      .where(and(eq(imports.id, importId), lt(imports.epoch, epoch)))
      .returning({ id: imports.id });
    // An engine may make one call twice: what has been done since the first is not done again.
    if (opened.length === 0) return;
    await resetDataUnits(tx, importId);
    await failpoint("change.reset");
    const message = "All rows are copied again under a new snapshot of the source.";
    await writeLine(tx, importId, { level: "warn", kind: "snapshot.new", message });
  });
  await failpoint("change.stored");
  return epoch;
}
