import * as z from "zod";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { refuseWithoutPasswords } from "./credentials";
import { findPlan } from "./plan-record";
import { outlookOf } from "./queue/outlook";
import { reviveFailedUnits } from "./queue/store-plan";
import { loadImport, moveImport } from "./record";
import { sendStart } from "./start-import";

export const retrySchema = z.object({
  /** Everything is read again, instead of what is not done yet. */
  all: z.boolean().default(false),
});

/**
 * Goes on from where a failed import stopped: what is done is not done again. Or, for `all`, reads everything again under
 * a new snapshot, as if the last one were lost: tables are emptied, and every row is copied and compared anew.
 */
export async function retryImport({ id, all = false }: { id: string; all?: boolean }): Promise<void> {
  if (all) await refuseAfterReading(id);
  if ((await loadImport(id)).status === "failed") await refuseWithoutPasswords(id);
  const message = all ? "Retry: all rows are read again." : "Retry: it goes on with what is not done yet.";
  const moved = await moveImport(id, "retry", {
    ...{ readAgain: all, line: { level: "info", kind: "import.retried", message } },
    also: async (tx) => {
      await failpoint("retry.moved");
      await reviveFailedUnits(tx, id);
    },
  });
  if (!moved) {
    const found = await loadImport(id);
    // Whoever moved it may have died before it said so; one event sent twice is one event.
    if (found.status === "queued") return sendStart(id, found.run);
    if (found.status === "running") return;
    throw new FerryError("import.wrong_state", { status: found.status, verb: "retried" });
  }
  await failpoint("retry.revived");
  await sendStart(id, moved.run);
}

/** Triggers and policies come last and would take part in another copy; to take them away again would be guesswork. */
async function refuseAfterReading(id: string): Promise<void> {
  const { status } = await loadImport(id);
  if (status === "failed" && (await findPlan(id)) && (await outlookOf(id)).reading === 0) {
    throw new FerryError("import.all_read");
  }
}
