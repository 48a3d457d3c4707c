const SHOWN = 10;

/** `public.orders`: for people, who need no quotes. */
export const qualified = ({ schema, name }: { schema: string | null; name: string }): string =>
  schema === null ? name : `${schema}.${name}`;

/** `a, b and 4 more`. */
export function someOf(names: readonly string[], most = SHOWN): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** `1 table`, `3 tables`. */
export const counted = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count} ${count === 1 ? singular : plural}`;

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** `40 seconds`, `3 hours`: as exact as a person needs it. */
export function durationWords(seconds: number): string {
  if (seconds < 2 * MINUTE) return counted(Math.max(1, Math.round(seconds)), "second");
  if (seconds < 2 * HOUR) return counted(Math.round(seconds / MINUTE), "minute");
  return seconds < 2 * DAY ? counted(Math.round(seconds / HOUR), "hour") : counted(Math.round(seconds / DAY), "day");
}
