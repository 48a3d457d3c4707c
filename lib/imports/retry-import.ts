import * as z from "zod";
import { database } from "@/lib/db/client";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { logEvent } from "./log";
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
  const moved = await moveImport(id, "retry", { readAgain: all });
  if (!moved) {
    const found = await loadImport(id);
    if (found.status === "queued") return goOn(id, found.run);
    if (found.status === "running") return;
    throw new FerryError("import.wrong_state", { status: found.status, verb: "retried" });
  }
  await failpoint("retry.moved");
  const words = all ? "Retry: all rows are read again." : "Retry: it goes on with what is not done yet.";
  await logEvent(id, "info", "import.retried", words);
  await goOn(id, moved.run);
}

/** Triggers and policies come last and would take part in another copy; to take them away again would be guesswork. */
async function refuseAfterReading(id: string): Promise<void> {
  const { status } = await loadImport(id);
  if (status === "failed" && (await findPlan(id)) && (await outlookOf(id)).reading === 0) {
    throw new FerryError("import.all_read");
  }
}

/** May be repeated: whoever moved the import may have died before this. */
async function goOn(id: string, run: number): Promise<void> {
  await database().transaction((tx) => reviveFailedUnits(tx, id));
  await failpoint("retry.revived");
  await sendStart(id, run);
}
