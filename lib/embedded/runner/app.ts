import canonicalize from "canonicalize";
import { type Answer, readAnswer } from "./answer";
import { type HttpResponse, sendRequest } from "./http-request";
import { type FunctionConfig, registration, UNKNOWN_OPTIONS } from "./protocol";
import { isSigned, sign } from "./signature";
import type { Tuning } from "./tuning";

/** The app that serves the functions, seen from here. */
export interface App {
  url: string;
  signingKey: string;
  tuning: Tuning;
}

const SYNC_TIMEOUT_MS = 30_000;
/** Everything a large state can be, doubled for its JSON within JSON. */
const REGISTRATION_BYTES = 16 * 1024 * 1024;

export interface FunctionCall {
  functionId: string;
  /** The planned step to run; null lets the function go on. */
  stepId: string | null;
  runId: string;
  body: string;
  signal: AbortSignal;
}

export async function callFunction(app: App, call: FunctionCall): Promise<Answer> {
  const url = new URL(app.url);
  url.searchParams.set("fnId", call.functionId);
  url.searchParams.set("stepId", call.stepId ?? "step");
  const response = await sendRequest({
    url,
    method: "POST",
    headers: { ...signedHeaders(app, call.body), "x-run-id": call.runId },
    body: call.body,
    timeoutMs: app.tuning.callTimeoutMs,
    maxBytes: app.tuning.limits.answerBytes,
    signal: call.signal,
  });
  return readAnswer(response, app.signingKey, Date.now());
}

export type Sync =
  | { kind: "functions"; functions: FunctionConfig[] }
  /** Not yet, or not just now. */
  | { kind: "unreachable"; reason: string }
  /** It answers, and what it answers will not do. */
  | { kind: "refused"; reason: string };

/** Asks the app for its functions. */
export async function syncApp(app: App, signal: AbortSignal): Promise<Sync> {
  const body = canonicalize({ url: app.url }) ?? "";
  const response = await sendRequest({
    url: new URL(app.url),
    method: "PUT",
    headers: { ...signedHeaders(app, body), "x-inngest-sync-kind": "in_band" },
    body,
    timeoutMs: SYNC_TIMEOUT_MS,
    maxBytes: REGISTRATION_BYTES,
    signal,
  });
  return readSync(app, response);
}

function readSync(app: App, response: HttpResponse): Sync {
  if (response.kind === "too_large") return { kind: "refused", reason: "its list of functions is too large" };
  if (response.kind === "timed_out") return { kind: "unreachable", reason: "no answer in time" };
  if (response.kind === "unreachable") return response;
  const { status, headers, body } = response;
  if (status === 401) return { kind: "refused", reason: "it has another signing key (401)" };
  // A server that starts answers with pages of its own before the route is there.
  if (status !== 200) return { kind: "unreachable", reason: `HTTP ${status}` };
  const signature = headers["x-inngest-signature"];
  if (!isSigned(body, typeof signature === "string" ? signature : undefined, app.signingKey, Date.now())) {
    return { kind: "refused", reason: "its answer is not signed with this runner's signing key" };
  }
  return readRegistration(body);
}

/** Reads a list of functions, from an answer or from what an app sent. */
export function readRegistration(text: string): Exclude<Sync, { kind: "unreachable" }> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { kind: "refused", reason: "its list of functions is not JSON" };
  }
  const parsed = registration.safeParse(content);
  if (!parsed.success) return { kind: "refused", reason: parsed.error.issues.map(({ message }) => message).join("; ") };
  const { functions } = parsed.data;
  const reason = functions.map(unsupported).find((found) => found !== null);
  return reason ? { kind: "refused", reason } : { kind: "functions", functions };
}

/** What of a function this runner would silently do otherwise than Inngest, or null. */
function unsupported(config: FunctionConfig): string | null {
  const option = UNKNOWN_OPTIONS.find((name) => config[name] !== undefined);
  if (option) return `function ${config.id} uses ${option}, which the embedded runner does not have`;
  if (config.triggers.some(({ cron }) => cron !== undefined)) {
    return `function ${config.id} has a cron trigger, which the embedded runner does not have`;
  }
  return null;
}

function signedHeaders(app: App, body: string): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-inngest-server-kind": "cloud",
    "x-inngest-signature": sign(body, app.signingKey, Date.now()),
  };
}
