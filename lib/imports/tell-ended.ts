import { sendEvent } from "@/lib/engine/send-event";
import { env } from "@/lib/env";
import type { ImportStatus } from "./status";

/** Has those told who asked to be. Sent again it is one event, so whoever ends an import says so until it has worked. */
export async function tellEnded(importId: string, run: number, status: ImportStatus): Promise<void> {
  if (!env().FERRY_WEBHOOK_URL) return;
  await sendEvent("ferry/import.ended", `${importId}:ended:${run}:${status}`, { importId });
}
