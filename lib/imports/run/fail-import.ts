import { and, eq, inArray } from "drizzle-orm";
import { database, type Transaction } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { explain } from "@/lib/errors/describe";
import type { StoredError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { askForRelease } from "@/lib/snapshot/holders";
import { asideLines } from "../aside-record";
import { writeLine } from "../log";
import { loadImport, moveImport } from "../record";
import { withoutSecrets } from "../stored-error";
import { tellEnded } from "../tell-ended";

/** Keeps the newest error with an import that is at work: when the engine gives up, this is why. */
export async function noteError(importId: string, error: StoredError): Promise<void> {
  await database()
    .update(imports)
    .set({ error: withoutSecrets(error) })
    .where(and(eq(imports.id, importId), inArray(imports.status, ["queued", "running"])));
}

const HELD = "A retry goes on and puts them back at its end, a cancel does it at once; by hand it is:";

/**
 * The import stops here until somebody retries it. What is done stays done; the snapshot is let go. A run that was
 * paused, or that another has followed, fails nothing.
 */
export async function failImport(importId: string, run: number): Promise<void> {
  const [row] = await database().select({ error: imports.error }).from(imports).where(eq(imports.id, importId));
  if (!row) return;
  const error: StoredError = row.error ?? { code: "internal", context: {} };
  const isBlocked = error.code === "check.blocked";
  const status = isBlocked ? "blocked" : "failed";
  const set = { finishedAt: new Date(), error };
  const line = { level: "error", kind: `import.${status}`, message: explain(error).what } as const;
  const held = await asideLines(importId, HELD);
  const also = async (tx: Transaction) => {
    for (const one of held) await writeLine(tx, importId, one);
  };
  if (await moveImport(importId, isBlocked ? "block" : "fail", { set, run, line, also })) {
    await failpoint("fail.moved");
    await askForRelease(importId);
  }
  const now = await loadImport(importId);
  if (now.status === status && now.run === run) await tellEnded(importId, run, status);
}
