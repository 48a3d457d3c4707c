import { type CatalogueEntry, catalogue, type Disposition, type ErrorCode } from "./catalogue";
import { FerryError, messageOf, rootOf, type StoredError, shortWords } from "./ferry-error";

/** What a person reads of an error. */
export interface Explanation {
  code: ErrorCode;
  what: string;
  unharmed: string;
  remedy: string;
}

/** What is refused before any import is looked at. */
const BEFORE_ANY_IMPORT = /^(access|session|set_up|invite|account|token|file)\./;

/** `begun` says that the import has been at work on the target already. */
export function explain({ code, context }: StoredError, begun = false): Explanation {
  const entry: CatalogueEntry = catalogue[code];
  const untouched =
    !begun && (context.side === "target" || code.startsWith("connect.") || code === "connection_string.invalid");
  const unharmed = untouched
    ? "Nothing was changed on either side."
    : !begun && BEFORE_ANY_IMPORT.test(code)
      ? "Nothing was changed."
      : "The source was only read; nothing was changed there.";
  return { code, what: entry.what(context), unharmed, remedy: entry.remedy(context) };
}

export function dispositionOf(error: unknown): Disposition {
  return error instanceof FerryError ? catalogue[error.code].disposition : catalogue.internal.disposition;
}

/** An unknown error is stored as `internal` with its message, which callers redact before it is kept or shown. */
export function toStored(error: unknown): StoredError {
  if (error instanceof FerryError) return { code: error.code, context: error.context };
  return { code: "internal", context: { reason: shortWords(messageOf(rootOf(error))) } };
}
