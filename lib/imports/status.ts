/**
 * The life of an import, and who moves it on: see `moves`. A run of the engine begins with `queued` (start, resume,
 * retry) and has the number `imports.run`; what an older run still does or says no longer counts. `paused` is not an end:
 * a keeper may go on holding the source's snapshot.
 */
export const importStatuses = [
  "draft",
  "blocked",
  "queued",
  "running",
  "paused",
  "succeeded",
  "differences",
  "failed",
  "cancelled",
] as const;

export type ImportStatus = (typeof importStatuses)[number];

interface Move {
  from: readonly ImportStatus[];
  to: ImportStatus;
  /** It begins another run of the engine. */
  isNewRun?: true;
}

/** Every way from one status to another. What is not here does not happen. */
export const moves = {
  /** runChecks, when nothing stops the import any more; and when something does. */
  clear: { from: ["draft", "blocked"], to: "draft" },
  bar: { from: ["draft", "blocked"], to: "blocked" },
  /** startImport. */
  start: { from: ["draft"], to: "queued", isNewRun: true },
  /** The gate: the checks passed once more; or failImport, when they did not. */
  pass: { from: ["queued"], to: "running" },
  block: { from: ["queued", "running"], to: "blocked" },
  /** pauseImport, until the verdict is being given. */
  pause: { from: ["queued", "running"], to: "paused" },
  /** resumeImport. */
  resume: { from: ["paused"], to: "queued", isNewRun: true },
  /** failImport: it waits for the user. */
  fail: { from: ["queued", "running"], to: "failed" },
  /** retryImport, either way. What has ended with differences has given its ledger and the source's password away. */
  retry: { from: ["failed"], to: "queued", isNewRun: true },
  /** finishImport. */
  succeed: { from: ["running"], to: "succeeded" },
  differ: { from: ["running"], to: "differences" },
  /** cancelImport. */
  cancel: { from: ["draft", "blocked", "queued", "running", "paused", "failed"], to: "cancelled" },
} as const satisfies Record<string, Move>;

export type MoveName = keyof typeof moves;

export const moveOf = (name: MoveName): Move => moves[name];

/** Whether an import of this status may be paused, resumed, and so on. */
export const may = (name: MoveName, status: ImportStatus): boolean => moveOf(name).from.includes(status);

const ENDED: ReadonlySet<ImportStatus> = new Set(["blocked", "succeeded", "differences", "failed", "cancelled"]);

/** True when nothing will change any more without somebody's doing. */
export function hasEnded(status: ImportStatus): boolean {
  return ENDED.has(status);
}

/** True while what has been begun for an import is of use, now or when it goes on. */
export function isWanted(status: ImportStatus): boolean {
  return status === "queued" || status === "running" || status === "paused";
}
