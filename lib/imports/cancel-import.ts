import { sendEvent } from "@/lib/engine/send-event";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { askForRelease } from "@/lib/snapshot/holders";
import { wipeCredential } from "./credentials";
import { logEvent } from "./log";
import { loadImport, moveImport } from "./record";

/** Stops an import for good. Lanes and keeper see it at their next beat and close their sessions on both sides. */
export async function cancelImport({ id }: { id: string }): Promise<void> {
  const moved = await moveImport(id, ["draft", "blocked", "queued", "running", "failed"], "cancelled", {
    finishedAt: new Date(),
  });
  if (!moved) {
    const { status } = await loadImport(id);
    // Pressed again it does all of this again: the first time may have died on the way.
    if (status !== "cancelled") throw new FerryError("import.wrong_state", { status, verb: "cancelled" });
  }
  await failpoint("cancel.moved");
  await askForRelease(id);
  await sendEvent("ferry/import.cancelled", `${id}:cancelled`, { importId: id });
  await failpoint("cancel.sent");
  await wipeCredential(id, "source");
  if (!moved) return;
  await logEvent(
    id,
    "warn",
    "import.cancelled",
    "Cancelled. The source was only read; the target keeps what had arrived.",
  );
}
