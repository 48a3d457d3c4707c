/** A moment on the database's clock: some time from its now, or a date. */
export type Due = { inMs: number } | { at: string };

const UNIT_MS: Record<string, number> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};

/** Reads `1d2h30m`, the form in which the SDK sends every duration; null when it is not one. */
export function parseDuration(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[wdhms]))+$/.test(text)) return null;
  let totalMs = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[wdhms])/g)) {
    totalMs += Number(amount) * (UNIT_MS[unit ?? ""] ?? 0);
  }
  return totalMs;
}

/** Reads a duration or an ISO date; an empty text is no time at all. Null when it is neither. */
export function parseDue(text: string): Due | null {
  if (text === "") return { inMs: 0 };
  const inMs = parseDuration(text);
  if (inMs !== null) return { inMs };
  const date = /^\d{4}-\d{2}-\d{2}/.test(text) ? new Date(text) : null;
  return date && !Number.isNaN(date.getTime()) ? { at: date.toISOString() } : null;
}

/** How far a due is from `nowMs`, for limits; negative when it has passed. */
export function distanceMs(due: Due, nowMs: number): number {
  return "inMs" in due ? due.inMs : new Date(due.at).getTime() - nowMs;
}

const SHORTEST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 86_400_000;

/** The Retry-After header: seconds or a date, kept between a second and a day as Inngest does. */
export function retryAfterMs(header: string, nowMs: number): number | null {
  const asked = /^\d{1,7}$/.test(header) ? Number(header) * 1_000 : new Date(header).getTime() - nowMs;
  if (Number.isNaN(asked)) return null;
  return Math.min(Math.max(asked, SHORTEST_RETRY_MS), LONGEST_RETRY_MS);
}

/** The nth of a list of delays, whose last one repeats. */
export function nthDelay(delaysMs: readonly number[], n: number): number {
  return delaysMs[Math.min(n, delaysMs.length - 1)] ?? 0;
}
