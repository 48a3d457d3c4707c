/** How numbers and times are written. The same text on server and client: no locale of either is asked. */
const grouped = new Intl.NumberFormat("en-US");
const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB", "PB"] as const;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function formatCount(value: number): string {
  return grouped.format(Math.round(value));
}

/** `1 table`, `30 tables`. */
export function formatNoun(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** In steps of 1024, as Postgres writes sizes. Three digits at most, so that a column can be compared at a glance. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${BYTE_UNITS[unit]}`;
}

export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** Rounded down: 100% is said only of what is complete. */
export function formatPercent(fraction: number): string {
  // A sum of weights may end a hair below 1.
  return `${Math.floor(clampFraction(fraction) * 100 + 1e-9)}%`;
}

export function clampFraction(fraction: number): number {
  return Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0;
}

/** Two units at most: `0.8 s`, `42 s`, `3 min 5 s`, `2 h 10 min`, `1 d 4 h`. */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < 9_950) return `${(ms / SECOND).toFixed(1)} s`;
  const seconds = Math.round(ms / SECOND);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return pair(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return pair(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(minutes / 60);
  return pair(Math.floor(hours / 24), "d", hours % 24, "h");
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

const rough = (seconds: number): { value: number; unit: "s" | "min" | "h" } => {
  if (seconds < 55) return { value: Math.max(5, Math.ceil(seconds / 5) * 5), unit: "s" };
  if (seconds < 90 * 60) return { value: Math.max(1, Math.round(seconds / 60)), unit: "min" };
  return { value: Math.round(seconds / 1_800) / 2, unit: "h" };
};

/** What is left, as roughly as it is known: `about 4 min`, `3 to 5 min`, `50 s to 2 min`. */
export function formatTimeLeft(left: { low: number; high: number } | null): string {
  if (!left) return "estimating";
  if (left.high <= 5) return "a few seconds";
  const low = rough(Math.min(left.low, left.high));
  const high = rough(left.high);
  if (low.value === high.value && low.unit === high.unit) return `about ${high.value} ${high.unit}`;
  if (low.unit === high.unit) return `${low.value} to ${high.value} ${high.unit}`;
  return `${low.value} ${low.unit} to ${high.value} ${high.unit}`;
}

/** `just now`, `40 s ago`, `5 min ago`, `3 h ago`, `2 days ago`, then the date. */
export function formatAgo(atMs: number, nowMs: number): string {
  const passed = nowMs - atMs;
  if (passed < 5 * SECOND) return "just now";
  if (passed < MINUTE) return `${Math.floor(passed / SECOND)} s ago`;
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`;
  if (passed < 7 * DAY) return `${formatNoun(Math.floor(passed / DAY), "day")} ago`;
  return new Date(atMs).toISOString().slice(0, 10);
}

/** Time into the import, for logs and axes: `0:07`, `12:40`, `1:02:03`. */
export function formatOffset(offsetMs: number): string {
  const seconds = Math.max(0, Math.floor(offsetMs / SECOND));
  const twoDigits = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${twoDigits(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}
