/** One session's part in holding a snapshot, by the database's clock. */
export interface HeldSpan {
  since: Date;
  /** When it was let go or last heard of; now while it is held. */
  until: Date;
  isHeld: boolean;
}

const MINUTE_MS = 60_000;
/** From here on the log tells of a snapshot that is held, and again each time it has been held for twice as long. */
const FIRST_MARK_MS = 10 * MINUTE_MS;
/** What was shorter held nothing back that anybody would miss. */
export const WORTH_TELLING_MS = MINUTE_MS;

/**
 * How long a snapshot was held without a gap, the last time that it was: for as long, the source could not clean up a
 * row that had been deleted or changed. Null when it never was. Pure.
 */
export function lastHeld(spans: HeldSpan[]): HeldSpan | null {
  let held: HeldSpan | null = null;
  for (const span of [...spans].sort((left, right) => Number(left.since) - Number(right.since))) {
    if (held === null || span.since > held.until) held = { ...span };
    else if (span.until > held.until) held.until = span.until;
    held.isHeld ||= span.isHeld;
  }
  return held;
}

export const heldMs = ({ since, until }: HeldSpan): number => Number(until) - Number(since);

/** Whether it is worth a word that a snapshot is held for so long now, and was for so long before. Pure. */
export function passesMark(beforeMs: number, nowMs: number): boolean {
  if (nowMs < FIRST_MARK_MS) return false;
  const mark = FIRST_MARK_MS * 2 ** Math.floor(Math.log2(nowMs / FIRST_MARK_MS));
  return beforeMs < mark;
}

/** `42 s`, `12 min`, `3 h 5 min`. */
export function heldWords(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.max(1, Math.round(ms / 1_000))} s`;
  const minutes = Math.round(ms / MINUTE_MS);
  const rest = minutes % 60;
  return minutes < 60 ? `${minutes} min` : `${(minutes - rest) / 60} h${rest > 0 ? ` ${rest} min` : ""}`;
}
