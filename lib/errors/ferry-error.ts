import type { ErrorCode } from "./catalogue";

/** What may be told about an error: names and numbers, never a secret. */
export type ErrorContext = Record<string, string | number | boolean | null>;

/** A server's words may be of any length; an error is for reading. And no row can hold a zero byte. */
const LONGEST_WORDS = 4_000;

export const shortWords = (words: string): string => {
  const clean = words.replaceAll("\0", "");
  return clean.length > LONGEST_WORDS ? `${clean.slice(0, LONGEST_WORDS)} …` : clean;
};

const shortContext = (context: ErrorContext): ErrorContext =>
  Object.fromEntries(
    Object.entries(context).map(([name, value]) => [name, typeof value === "string" ? shortWords(value) : value]),
  );

/** An error of Ferry's own: a code, what it was about, and what caused it. */
export class FerryError extends Error {
  override readonly name = "FerryError";

  readonly context: ErrorContext;

  constructor(
    readonly code: ErrorCode,
    context: ErrorContext = {},
    options?: { cause?: unknown },
  ) {
    const short = shortContext(context);
    super(`${code} ${JSON.stringify(short)}`, options);
    this.context = short;
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
