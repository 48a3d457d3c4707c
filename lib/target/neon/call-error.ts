import type { ErrorContext } from "@/lib/errors/ferry-error";
import { FerryError } from "@/lib/errors/ferry-error";

/** What came of a request that did not succeed. It holds no header, and so no key. */
export interface Trouble {
  /** Null where no answer came. */
  status: number | null;
  code: string;
  message: string;
  retryAfterMs: number | null;
}

/**
 * What may be done about it: `again` is safe to send again, of `lost` nobody knows whether it was done, `exists` says
 * that there is such a thing already, and `refused` will be refused again.
 */
export type Verdict = "again" | "lost" | "exists" | "refused";

/** A request that Neon did not do, with what a person reads of it. */
export class NeonCallError extends FerryError {
  constructor(
    readonly verdict: Verdict,
    readonly trouble: Trouble,
    ...told: ConstructorParameters<typeof FerryError>
  ) {
    super(...told);
  }
}

/** What a request was about. `doing` completes the sentence "Neon refused to …". */
export interface Doing {
  doing: string;
  project?: string;
  branch?: string;
  region?: string;
  version?: number;
}

/** Pure: which requests may be sent again, by Neon's own document (`GeneralError`). */
export function verdictOf({ status, code, message }: Trouble): Verdict {
  if (status === null) return "lost";
  if (status === 429 || status === 423 || status === 503) return "again";
  if (status >= 500 || status === 408) return "lost";
  if (/LIMIT_EXCEEDED/.test(code)) return "refused";
  return status === 409 || /already exists/i.test(message) ? "exists" : "refused";
}

/** Pure: what a person reads. */
export function callError(trouble: Trouble, about: Doing, seconds: number): NeonCallError {
  const verdict = verdictOf(trouble);
  const { status, code, message } = trouble;
  const { doing } = about;
  const reason = message || (status === null ? "nothing came back" : `status ${status}`);
  const told = (...error: [ConstructorParameters<typeof FerryError>[0], ErrorContext?]) =>
    new NeonCallError(verdict, trouble, ...error);
  if (status === 429) return told("neon.rate_limited", { seconds });
  if (status === 423) return told("neon.locked", { doing, seconds });
  if (status === null || status >= 500 || status === 408) return told("neon.unavailable", { doing, reason });
  if (status === 401) return told("neon.key_refused");
  if (/^(?:ROOT_)?BRANCHES_LIMIT/.test(code) || /branches? limit/i.test(message)) return told("neon.branch_limit");
  if (/^PROJECTS_LIMIT/.test(code) || /projects? limit/i.test(message)) return told("neon.project_limit");
  if (/LIMIT|QUOTA|EXCEEDED/.test(code)) return told("neon.plan_limit", { doing, reason });
  if (status === 403) return told("neon.no_right", { doing, reason });
  if (status === 404 && about.branch) return told("neon.branch_gone", { branch: about.branch });
  if (status === 404 && about.project) return told("neon.project_gone", { project: about.project });
  if (about.region && /region/i.test(message)) return told("neon.region_unknown", { region: about.region });
  if (about.version && /version/i.test(message)) return told("neon.version_unknown", { version: about.version });
  return told("neon.refused", { doing, reason });
}

/** Reads what an HTTP client threw, without keeping any of it: its request has the key in a header. Null for other errors. */
export function troubleOf(error: unknown, now: number): Trouble | null {
  if (!isHttpError(error)) return null;
  const { response } = error;
  if (!response) return { status: null, code: "", message: networkWords(error.code), retryAfterMs: null };
  const body: unknown = response.data;
  const said = (name: string) =>
    typeof body === "object" && body !== null && name in body ? String(Reflect.get(body, name)) : "";
  return {
    status: response.status,
    code: said("code"),
    message: said("message").slice(0, 300),
    retryAfterMs: retryAfterMs(response.headers?.["retry-after"], now),
  };
}

interface HttpError {
  isAxiosError: true;
  code?: string;
  response?: { status: number; data: unknown; headers?: Record<string, unknown> };
}

const isHttpError = (error: unknown): error is HttpError =>
  typeof error === "object" && error !== null && Reflect.get(error, "isAxiosError") === true;

const networkWords = (code: string | undefined) =>
  code === undefined ? "the connection failed" : `the connection failed (${code})`;

/** Seconds or a date. */
function retryAfterMs(value: unknown, now: number): number | null {
  if (typeof value !== "string" || value === "") return null;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
