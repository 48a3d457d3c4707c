import * as z from "zod";
import type { HttpResponse } from "./http-request";
import { type Operation, operation, type RunError, toRunError } from "./protocol";
import { isSigned } from "./signature";

/** What a call of the app came to. */
export type Answer =
  /** The function did not get to answer: nobody listens, the connection broke, a proxy spoke for it. */
  | { kind: "unreachable"; reason: string }
  | { kind: "result"; result: unknown }
  | { kind: "operations"; operations: Operation[]; requestVersion: number; final: boolean; retryAfter: string | null }
  | { kind: "error"; error: RunError; final: boolean; retryAfter: string | null };

const GATEWAY_STATUSES = new Set([502, 503, 504]);
/** With streaming on, the SDK answers 201 at once and sends the real answer as one JSON document. */
const STREAMED = 201;
const streamed = z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.string() });

export function readAnswer(response: HttpResponse, signingKey: string, nowMs: number): Answer {
  switch (response.kind) {
    case "unreachable":
      return response;
    case "timed_out":
      return failure("Error", "The function did not answer in time.");
    case "too_large":
      return failure("output_too_large", "Your function's response body exceeds the maximum size limit");
  }
  const { status, headers, body } = response.status === STREAMED ? unwrap(response) : response;
  const header = (name: string) => (typeof headers[name] === "string" ? headers[name] : undefined);
  const isSdk = header("x-inngest-sdk") !== undefined;
  const isOurs = isSdk && isSigned(body, header("x-inngest-signature"), signingKey, nowMs);
  if (!isSdk && GATEWAY_STATUSES.has(status)) return { kind: "unreachable", reason: `HTTP ${status}` };
  const final = header("x-inngest-no-retry") === "true";
  const retryAfter = header("retry-after") ?? null;

  if (status === 200 || status === 206) {
    if (!isSdk) return failure("not_sdk", "The response did not come from an Inngest SDK");
    if (!isOurs) return failure("not_signed", "The response is not signed with this runner's signing key");
    const content = parse(body);
    if (content === undefined) return failure("Error", "The function's answer is not JSON.");
    if (status === 200) return { kind: "result", result: content };
    const operations = z.array(operation).safeParse(Array.isArray(content) ? content : [content]);
    if (!operations.success) return failure("Error", "The function's answer does not follow Inngest's protocol.");
    const requestVersion = Number(header("x-inngest-req-version") ?? 2);
    return { kind: "operations", operations: operations.data, requestVersion, final, retryAfter };
  }
  // An answer that our app did not sign may ask for a retry, but not end a run.
  const error = toRunError(parse(body) ?? body, `The app answered with HTTP ${status}.`);
  return { kind: "error", error, final: final && isOurs, retryAfter };
}

function unwrap(response: Extract<HttpResponse, { kind: "answered" }>): typeof response {
  const content = streamed.safeParse(parse(response.body));
  return content.success ? { ...response, ...content.data } : { ...response, status: 0 };
}

function failure(name: string, message: string): Answer {
  return { kind: "error", error: { name, message }, final: false, retryAfter: null };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
