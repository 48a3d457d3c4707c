import type { z } from "zod";
import { publicError } from "@/app/_server/public-error";
import type { ErrorCode } from "@/lib/errors/catalogue";
import { explain } from "@/lib/errors/describe";
import { FerryError } from "@/lib/errors/ferry-error";
import { isForeign, MOST_BODY_BYTES } from "@/lib/requests/rules";

/** The one place where an error becomes an HTTP status. */
export function httpStatus(code: ErrorCode): number {
  if (code === "import.missing" || code === "share.invalid" || code === "report.missing") return 404;
  if (code === "access.signed_out") return 401;
  if (code === "access.refused") return 403;
  if (code === "connection_string.invalid" || code === "input.invalid") return 400;
  if (code === "credentials.other_database") return 422;
  if (code === "input.foreign_origin") return 403;
  if (code === "request.too_many") return 429;
  if (code === "request.too_large") return 413;
  if (code === "request.no_length") return 411;
  if (code === "request.repeated") return 409;
  if (code === "credentials.wiped") return 410;
  if (code === "import.wrong_state" || code === "import.all_read" || code === "import.no_target") return 409;
  if (code === "file.missing") return 404;
  if (code === "file.not_here" || code === "file.in_use" || code === "file.not_ready" || code === "file.not_whole")
    return 409;
  if (code === "file.too_large") return 413;
  if (code === "file.disk_full") return 507;
  if (code.startsWith("connect.") || code.startsWith("file.")) return 422;
  return 500;
}

/** Answers with what a verb returns, or with what a person can read of its error. */
export async function respond(verb: () => Promise<unknown>, status = 200): Promise<Response> {
  try {
    return Response.json(await verb(), { status, headers: { "cache-control": "no-store" } });
  } catch (error) {
    return respondError(error);
  }
}

export function respondError(error: unknown): Response {
  const stored = publicError(error);
  const headers = new Headers({ "cache-control": "no-store" });
  if (stored.code === "request.too_many") headers.set("retry-after", String(stored.context.seconds));
  return Response.json({ error: explain(stored) }, { status: httpStatus(stored.code), headers });
}

/**
 * A browser names the site that sends a POST. Another site than this one is refused, so that no page can
 * start or cancel an import behind its reader's back; scripts name none.
 */
export function refuseForeignOrigin(request: Request): void {
  const { method, headers, url } = request;
  if (isForeign({ method, headers, path: new URL(url).pathname })) throw new FerryError("input.foreign_origin");
}

/** The body as text, and never more of it than is read here. */
export const readText = async (request: Request, mostBytes = MOST_BODY_BYTES): Promise<string> =>
  (await readBytes(request, mostBytes)).toString("utf8");

export async function readBytes(request: Request, mostBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new FerryError("request.too_large", { kilobytes: mostBytes / 1024 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * The body as its schema reads it; where all of it is optional, none is an empty one. The reason names fields and rules,
 * never values: one may be a password.
 */
export async function readBody<T extends z.ZodType>(
  request: Request,
  schema: T,
  isOptional = false,
): Promise<z.infer<T>> {
  return parseBody(await readText(request), schema, isOptional);
}

export function parseBody<T extends z.ZodType>(text: string, schema: T, isOptional = false): z.infer<T> {
  const body = isOptional && text.trim() === "" ? {} : readJson(text);
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const reason = result.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; ");
  throw new FerryError("input.invalid", { reason });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FerryError("input.invalid", { reason: "it is not JSON" }, { cause });
  }
}
