/** What may come at once after a rest. */
const BURST_MS = 100;

/** Spreads bytes over time. No clock and no timer of its own. */
export class Pace {
  /** Bytes a second; null lets everything through. */
  limit: number | null = null;
  #paidUntilMs = 0;

  /** For how long nothing more may come, after so many bytes have. */
  holdMs(bytes: number, nowMs: number): number {
    if (this.limit === null) return 0;
    this.#paidUntilMs = Math.max(this.#paidUntilMs, nowMs - BURST_MS) + (bytes / this.limit) * 1_000;
    return Math.max(0, this.#paidUntilMs - nowMs);
  }
}
