import { eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { explain } from "@/lib/errors/describe";
import type { StoredError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { askForRelease } from "@/lib/snapshot/holders";
import { logEvent } from "../log";
import { moveImport } from "../record";
import { withoutSecrets } from "../stored-error";

/** Keeps the newest error with the import: when the engine gives up, this is why. */
export async function noteError(importId: string, error: StoredError): Promise<void> {
  await database()
    .update(imports)
    .set({ error: withoutSecrets(error) })
    .where(eq(imports.id, importId));
}

/** The import stops here until somebody retries it. What is done stays done; the snapshot is let go. */
export async function failImport(importId: string): Promise<void> {
  const [row] = await database().select({ error: imports.error }).from(imports).where(eq(imports.id, importId));
  const error: StoredError = row?.error ?? { code: "internal", context: {} };
  const status = error.code === "check.blocked" ? "blocked" : "failed";
  const moved = await moveImport(importId, ["queued", "running"], status, { finishedAt: new Date(), error });
  await failpoint("fail.moved");
  await askForRelease(importId);
  if (moved) await logEvent(importId, "error", `import.${status}`, explain(error).what);
}
