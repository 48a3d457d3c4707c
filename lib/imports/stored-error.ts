import type { ErrorContext, StoredError } from "@/lib/errors/ferry-error";
import { redact } from "@/lib/security/redact";

/** An error as it may be kept in the metadata database: a server's words may hold what it was sent (invariant 5). */
export function withoutSecrets({ code, context }: StoredError): StoredError {
  const clean: ErrorContext = {};
  for (const [key, value] of Object.entries(context)) clean[key] = typeof value === "string" ? redact(value) : value;
  return { code, context: clean };
}
