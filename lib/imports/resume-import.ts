import { FerryError } from "@/lib/errors/ferry-error";
import { logEvent } from "./log";
import { loadImport, moveImport } from "./record";
import { sendStart } from "./start-import";

/** Goes on with a paused import, in a new run of the engine. Pressed twice, it goes on once. */
export async function resumeImport({ id }: { id: string }): Promise<void> {
  const moved = await moveImport(id, "resume", { set: { phase: "check" } });
  if (!moved) {
    const { status, run } = await loadImport(id);
    // Whoever moved it may have died before it said so; one event sent twice is one event.
    if (status === "queued") return sendStart(id, run);
    if (status === "running") return;
    throw new FerryError("import.wrong_state", { status, verb: "resumed" });
  }
  await logEvent(id, "info", "import.resumed", "It goes on with what is not done yet.");
  await sendStart(id, moved.run);
}
