import { database } from "@/lib/db/client";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { logEvent } from "./log";
import { reviveFailedUnits } from "./queue/store-plan";
import { loadImport, moveImport } from "./record";
import { sendStart } from "./start-import";

/** Goes on from where a failed import stopped: what is done is not done again. */
export async function retryImport({ id }: { id: string }): Promise<void> {
  const record = await loadImport(id);
  const run = record.run + 1;
  if (!(await moveImport(id, ["failed"], "queued", { run, finishedAt: null, error: null }))) {
    const found = await loadImport(id);
    if (found.status === "queued") return goOn(id, found.run);
    if (found.status === "running") return;
    throw new FerryError("import.wrong_state", { status: found.status, verb: "retried" });
  }
  await failpoint("retry.moved");
  await logEvent(id, "info", "import.retried", "Retry: it goes on with what is not done yet.");
  await goOn(id, run);
}

/** May be repeated: whoever moved the import may have died before this. */
async function goOn(id: string, run: number): Promise<void> {
  await database().transaction((tx) => reviveFailedUnits(tx, id));
  await failpoint("retry.revived");
  await sendStart(id, run);
}
