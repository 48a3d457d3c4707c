import type { ErrorCode } from "./catalogue";

/** What may be told about an error: names and numbers, never a secret. */
export type ErrorContext = Record<string, string | number | boolean | null>;

/** An error of Ferry's own: a code, what it was about, and what caused it. */
export class FerryError extends Error {
  override readonly name = "FerryError";

  constructor(
    readonly code: ErrorCode,
    readonly context: ErrorContext = {},
    options?: { cause?: unknown },
  ) {
    super(`${code} ${JSON.stringify(context)}`, options);
  }
}

/** The form in which an error crosses a process, a step result or a table. */
export interface StoredError {
  code: ErrorCode;
  context: ErrorContext;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a library wrapped: the driver's error, with its code, and without the statement and its parameters. */
export function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof Error && !(root instanceof FerryError) && root.cause instanceof Error) root = root.cause;
  return root;
}
