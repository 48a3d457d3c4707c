import { sendEvent } from "@/lib/engine/send-event";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { loadImport, moveImport } from "./record";

/** Hands a draft to the step engine. Pressed twice, it starts once. */
export async function startImport({ id }: { id: string }): Promise<void> {
  const { target } = await loadImport(id);
  if (target.kind === "unchosen") throw new FerryError("import.no_target");
  const line = { level: "info", kind: "import.started", message: "Import started." } as const;
  const moved = await moveImport(id, "start", { set: { startedAt: new Date() }, line });
  if (!moved) {
    const found = await loadImport(id);
    // Whoever moved it may have died before it said so; one event sent twice is one event.
    if (found.status === "queued") return sendStart(id, found.run);
    if (found.status === "running") return;
    throw new FerryError("import.wrong_state", { status: found.status, verb: "started" });
  }
  await failpoint("start.moved");
  await sendStart(id, moved.run);
}

/** The id makes the event one event, however often it is sent. */
export async function sendStart(importId: string, run: number): Promise<void> {
  await sendEvent("ferry/import.started", `${importId}:started:${run}`, { importId, run });
  await failpoint("start.sent");
}
