import { and, eq, isNotNull, ne, sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { imports, units } from "@/lib/db/schema";
import { lastHeld } from "@/lib/snapshot/held";
import { askForRelease, spansOf } from "@/lib/snapshot/holders";
import { type LogLine, writeLine } from "./log";
import { findPlan } from "./plan-record";
import { outlookOf } from "./queue/outlook";
import { type ImportRecord, loadImport } from "./record";
import { isWanted } from "./status";
import { HELD_HOURS, type PauseView, snapshotState } from "./view/pause";

/** What a pause means for the source's snapshot, and what the target goes on with. */
export async function pauseState(record: ImportRecord, finishedAt: Date | null): Promise<PauseView> {
  const { id, epoch, phase } = record;
  const [plan, outlook, spans, atWork] = await Promise.all([
    findPlan(id),
    outlookOf(id),
    spansOf(id, epoch),
    database()
      .select({ subject: units.subject })
      .from(units)
      .where(and(eq(units.importId, id), isNotNull(units.detachedAt), ne(units.state, "done"))),
  ]);
  const isHeld = lastHeld(spans)?.isHeld ?? false;
  const snapshot = snapshotState({ isPlanned: plan !== null, reading: outlook.reading, phase, isHeld });
  const heldUntil = finishedAt && new Date(Number(finishedAt) + HELD_HOURS * 3_600_000);
  return {
    snapshot,
    heldUntil: snapshot === "held" ? (heldUntil?.toISOString() ?? null) : null,
    atWork: atWork.map(({ subject }) => subject),
  };
}

/**
 * Whether a keeper is to go on holding the snapshot of this epoch. A paused import's is let go after a while by whoever
 * asks first then: each keeper is an invocation that somebody pays for, and a forgotten pause would hold back the vacuum of
 * a production database over a weekend.
 */
export async function wantsSnapshot(importId: string, epoch: number): Promise<boolean> {
  const record = await loadImport(importId);
  if (!isWanted(record.status) || record.epoch !== epoch || record.lostEpoch >= epoch) return false;
  if (record.status !== "paused") return true;
  if (record.phase === "let-go") return false;
  const message = `Paused for ${HELD_HOURS} hours: the source's snapshot is let go.`;
  const isLetGo = await letGo(importId, { level: "warn", kind: "snapshot.let_go", message }, HELD_HOURS);
  if (isLetGo) await askForRelease(importId);
  return !isLetGo;
}

/** Lets a paused import's snapshot go, if the pause is that long; false when it is not, or it was let go before. */
export async function letGo(importId: string, line: LogLine, afterHours = 0): Promise<boolean> {
  const since = sql`${imports.finishedAt} <= now() - ${afterHours} * interval '1 hour'`;
  return database().transaction(async (tx) => {
    const moved = await tx
      .update(imports)
      .set({ phase: "let-go" })
      .where(
        and(
          eq(imports.id, importId),
          eq(imports.status, "paused"),
          ne(imports.phase, "let-go"),
          afterHours > 0 ? since : undefined,
        ),
      )
      .returning({ id: imports.id });
    if (moved.length === 0) return false;
    await writeLine(tx, importId, line);
    return true;
  });
}
