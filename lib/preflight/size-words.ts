const UNITS = ["bytes", "kB", "MB", "GB", "TB"] as const;
const STEP = 1024;

/** `1.4 GB`, for people. */
export function sizeWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}
