import * as z from "zod";
import { sendEvent } from "@/lib/engine/send-event";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { askForRelease } from "@/lib/snapshot/holders";
import { loadImport, moveImport } from "./record";
import { tellEnded } from "./tell-ended";

export const cancelSchema = z.object({
  /** What Ferry has made in the target is removed, instead of kept as it is. */
  discard: z.boolean().default(false),
});

/**
 * Stops an import for good. Lanes and keeper see it at their next beat and close their sessions on both sides; the
 * clean-up makes sure of it, takes Ferry's own things off the target and wipes both passwords.
 */
export async function cancelImport({ id, discard = false }: { id: string; discard?: boolean }): Promise<void> {
  // What a step noted before it was tried again is not why this import ended.
  const target = discard ? "What Ferry has made in the target is removed." : "The target keeps what had arrived.";
  const moved = await moveImport(id, "cancel", {
    set: { finishedAt: new Date(), error: null },
    line: {
      ...{ level: "warn", kind: "import.cancelled", context: { discard } },
      message: `Cancelled. The source was only read. ${target}`,
    },
  });
  const { status, run } = await loadImport(id);
  if (!moved) {
    // Pressed again it does all of this again: the first time may have died on the way.
    if (status !== "cancelled") throw new FerryError("import.wrong_state", { status, verb: "cancelled" });
  }
  await failpoint("cancel.moved");
  await askForRelease(id);
  await sendCancelled(id, run, discard);
}

/** The clean-up is asked for last: while there is something left to clean up, all of this is sent again. */
export async function sendCancelled(importId: string, run: number, discard: boolean): Promise<void> {
  await tellEnded(importId, run, "cancelled");
  const eventId = `${importId}:cancelled${discard ? ":discard" : ""}`;
  await sendEvent("ferry/import.cancelled", eventId, { importId, discard });
  await failpoint("cancel.sent");
}
