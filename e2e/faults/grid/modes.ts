import type { ImportOptions } from "@/lib/plan/options";

/** Circumstances that bring an import to a failpoint. */
export interface Circumstances {
  what: string;
  options: Partial<ImportOptions>;
  bytesPerSecond: number;
  /** A failpoint that strikes before. */
  before: string | null;
  /** How long the target's longest statement takes. */
  patienceSeconds: number;
  /** The snapshot is lost when so much has come, and the source has moved. */
  loseAtBytes: number | null;
  /** It is cancelled when the target is at work on a statement alone. */
  isCancelled: boolean;
  /** It is paused when so much has come, and goes on as soon as it is. */
  pauseAtBytes: number | null;
  /** Comparisons are cut into counts, as if they had overrun a step. */
  isCounted: boolean;
  /** Somebody wants to know when it ends. */
  isTold: boolean;
}

/** A dump of the schema has to fit, on a busy machine too. */
const SHORT = { stepBudgetSeconds: 3 };

const calm: Circumstances = {
  ...{ what: "a budget that nothing exceeds", options: {}, bytesPerSecond: Number.POSITIVE_INFINITY },
  ...{ before: null, patienceSeconds: 0, loseAtBytes: null, isCancelled: false },
  ...{ pauseAtBytes: null, isCounted: false, isTold: false },
};

export const MODES = {
  long: calm,
  short: { ...calm, what: "short steps over slow lines", options: SHORT, bytesPerSecond: 2_000_000 },
  detached: { ...calm, what: "a statement that takes longer than a step", options: SHORT, patienceSeconds: 3.5 },
  "at-once": { ...calm, what: "a statement that might take longer than a step", options: SHORT },
  lost: { ...calm, what: "a snapshot that is lost on the way", bytesPerSecond: 6_000_000, loseAtBytes: 20_000_000 },
  paused: { ...calm, what: "a pause", bytesPerSecond: 6_000_000, pauseAtBytes: 4_000_000 },
  counted: { ...calm, what: "tables that are counted in pieces", isCounted: true },
  told: { ...calm, what: "an end that somebody is told of", isTold: true },
  failed: { ...calm, what: "a failure that waits for a retry", before: "unit.done/verify=error" },
  postponed: { ...calm, what: "a session that breaks", before: "ledger.entered/copy=reset" },
  cancelled: { ...calm, what: "a cancel", options: SHORT, patienceSeconds: 40, isCancelled: true },
} as const satisfies Record<string, Circumstances>;

export type Mode = keyof typeof MODES;
