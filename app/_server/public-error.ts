import { toStored } from "@/lib/errors/describe";
import { FerryError, type StoredError } from "@/lib/errors/ferry-error";
import { redact } from "@/lib/security/redact";

/** An error that is not Ferry's own goes to the log; the reader learns its message without secrets. */
export function publicError(error: unknown): StoredError {
  if (error instanceof FerryError) return toStored(error);
  console.error(redact(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  const { code, context } = toStored(error);
  return { code, context: { ...context, reason: redact(String(context.reason ?? "")) } };
}
