import type { ErrorContext } from "../ferry-error";

/**
 * What happens after an error: `retry` by itself with back-off, `wait` for the user and then go on from
 * the same place, or `never` (the same input will fail again).
 */
export type Disposition = "retry" | "wait" | "never";

export interface CatalogueEntry {
  disposition: Disposition;
  what: (context: ErrorContext) => string;
  remedy: (context: ErrorContext) => string;
}

/** A server's own words, of which only some end as a sentence does. */
export const told = (reason: ErrorContext[string] | undefined) =>
  `${reason ?? "no reason was given"}`.trimEnd().replace(/[.:;,]*$/, ".");
