import { eq } from "drizzle-orm";
import * as z from "zod";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { askForRelease } from "@/lib/snapshot/holders";
import { letGo as letSnapshotGo, pauseState } from "./pause-state";
import { loadImport, moveImport } from "./record";
import { type PauseView, pauseWords } from "./view/pause";

export const pauseSchema = z.object({
  /** Vacuum on the source is held back no longer; going on may mean to read everything again. */
  letGo: z.boolean().default(false),
});

/**
 * Stops the work for a while: lanes roll back what is under way at their next beat and close their sessions. What is done
 * stays done. The source's snapshot is held on unless it is to be let go, which may also be asked of a paused import.
 */
export async function pauseImport({ id, letGo = false }: { id: string; letGo?: boolean }): Promise<PauseView> {
  const before = await loadImport(id);
  // Looked at beforehand, so that the log says it with the move.
  const words = pauseWords(await pauseState(letGo ? { ...before, phase: "let-go" } : before, null));
  const moved = await moveImport(id, "pause", {
    set: { finishedAt: new Date(), ...(letGo ? { phase: "let-go" } : {}) },
    unlessPhase: "finish",
    line: { level: "info", kind: "import.paused", message: `Paused. ${words}` },
  });
  if (moved) await failpoint("pause.moved");
  const record = await loadImport(id);
  if (!moved && record.status !== "paused") {
    const isFinishing = record.status === "running";
    throw new FerryError("import.wrong_state", { status: isFinishing ? "finishing" : record.status, verb: "paused" });
  }
  if (letGo) {
    if (!moved) await letSnapshotGo(id, { level: "info", kind: "snapshot.let_go", message: words });
    // Asked again it is asked of nobody else.
    await askForRelease(id);
  }
  const [row] = await database().select({ at: imports.finishedAt }).from(imports).where(eq(imports.id, id));
  return pauseState(await loadImport(id), row?.at ?? null);
}
