import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { loadImport, moveImport } from "./record";
import { sendStart } from "./start-import";

/** Goes on with a paused import, in a new run of the engine. Pressed twice, it goes on once. */
export async function resumeImport({ id }: { id: string }): Promise<void> {
  const line = { level: "info", kind: "import.resumed", message: "It goes on with what is not done yet." } as const;
  const moved = await moveImport(id, "resume", { set: { phase: "check" }, line });
  if (!moved) {
    const { status, run } = await loadImport(id);
    // Whoever moved it may have died before it said so; one event sent twice is one event.
    if (status === "queued") return sendStart(id, run);
    if (status === "running") return;
    throw new FerryError("import.wrong_state", { status, verb: "resumed" });
  }
  await failpoint("resume.moved");
  await sendStart(id, moved.run);
}
