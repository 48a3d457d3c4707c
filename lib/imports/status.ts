/**
 * The life of an import, and who moves it on:
 * `draft` createImport · `blocked` a check (createImport, or the gate at the start) · `queued` startImport ·
 * `running` the gate has passed · `succeeded`, `differences`, `failed` finishImport and failImport ·
 * `cancelled` cancelImport.
 */
export const importStatuses = [
  "draft",
  "blocked",
  "queued",
  "running",
  "succeeded",
  "differences",
  "failed",
  "cancelled",
] as const;

export type ImportStatus = (typeof importStatuses)[number];

const ENDED: ReadonlySet<ImportStatus> = new Set(["blocked", "succeeded", "differences", "failed", "cancelled"]);

/** True when nothing will change any more without somebody's doing. */
export function hasEnded(status: ImportStatus): boolean {
  return ENDED.has(status);
}
