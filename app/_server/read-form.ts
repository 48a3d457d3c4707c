import type { z } from "zod";
import { FerryError } from "@/lib/errors/ferry-error";

/** What a form brings, as its schema reads it. The reason names fields and rules, never values: one may be a password. */
export function readForm<T extends z.ZodType>(form: unknown, schema: T): z.infer<T> {
  const fields = form instanceof FormData ? Object.fromEntries(form) : form;
  const result = schema.safeParse(fields);
  if (result.success) return result.data;
  const reason = result.error.issues.map((issue) => `${issue.path.join(".") || "form"}: ${issue.message}`).join("; ");
  throw new FerryError("input.invalid", { reason });
}
