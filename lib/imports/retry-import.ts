import * as z from "zod";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { type GivenAgain, givenSchema, givePasswords } from "./give-passwords";
import { findPlan } from "./plan-record";
import { outlookOf } from "./queue/outlook";
import { reviveFailedUnits } from "./queue/store-plan";
import { loadImport, moveImport } from "./record";
import { sendStart } from "./start-import";

export const retrySchema = givenSchema.extend({
  /** Everything is read again, instead of what is not done yet. */
  all: z.boolean().default(false),
});

/**
 * Goes on from where a failed import stopped: what is done is not done again. Or, for `all`, reads everything again under
 * a new snapshot, as if the last one were lost: tables are emptied, and every row is copied and compared anew. A day after
 * its end the passwords are forgotten, and have to be given again.
 */
export async function retryImport(request: { id: string; all?: boolean } & GivenAgain): Promise<void> {
  const { id, all = false, ...given } = request;
  if (all) await refuseAfterReading(id);
  const record = await loadImport(id);
  if (record.status === "failed") await givePasswords(record, given);
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
