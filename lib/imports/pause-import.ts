import { eq } from "drizzle-orm";
import * as z from "zod";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import { logEvent } from "./log";
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
  const moved = await moveImport(id, "pause", { set: { finishedAt: new Date() }, unlessPhase: "finish" });
  const record = await loadImport(id);
  if (!moved && record.status !== "paused") {
    const isFinishing = record.status === "running";
    throw new FerryError("import.wrong_state", { status: isFinishing ? "finishing" : record.status, verb: "paused" });
  }
  const isLetGo = letGo && (await letSnapshotGo(id));
  const [row] = await database().select({ at: imports.finishedAt }).from(imports).where(eq(imports.id, id));
  const state = await pauseState(await loadImport(id), row?.at ?? null);
  if (moved) await logEvent(id, "info", "import.paused", `Paused. ${pauseWords(state)}`);
  else if (isLetGo) await logEvent(id, "info", "snapshot.let_go", pauseWords(state));
  return state;
}
