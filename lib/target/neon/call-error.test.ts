import { describe, expect, it } from "vitest";
import { callError, troubleOf, type Verdict } from "./call-error";

const KEY = "napi_secret-key-of-somebody";
const NOW = Date.parse("2026-11-21T12:00:00Z");

/** What axios throws: the request, with its headers, is in it. */
function thrown(status: number | null, data: unknown = {}, headers: Record<string, string> = {}) {
  const config = { headers: { Authorization: `Bearer ${KEY}` } };
  const response = status === null ? undefined : { status, data, headers, config };
  return Object.assign(new Error("Request failed"), { isAxiosError: true, code: "ECONNRESET", config, response });
}

const about = { doing: "make a branch" };
const errorOf = (error: unknown, more: object = {}) => {
  const trouble = troubleOf(error, NOW);
  if (!trouble) throw new Error("not an error of the client's");
  return callError(trouble, { ...about, ...more }, 60);
};

describe("an answer that is not what was asked for", () => {
  it.each<[string, unknown, object, string, Verdict]>([
    ["a wrong key", thrown(401), {}, "neon.key_refused", "refused"],
    ["a key without rights", thrown(403, { message: "no access" }), {}, "neon.no_right", "refused"],
    ["a project that is gone", thrown(404), { project: "p-1" }, "neon.project_gone", "refused"],
    ["a branch that is gone", thrown(404), { project: "p-1", branch: "br-1" }, "neon.branch_gone", "refused"],
    ["too many branches", thrown(422, { code: "BRANCHES_LIMIT_EXCEEDED" }), {}, "neon.branch_limit", "refused"],
    [
      "the same with another status",
      thrown(409, { code: "BRANCHES_LIMIT_EXCEEDED" }),
      {},
      "neon.branch_limit",
      "refused",
    ],
    ["too many projects", thrown(422, { code: "PROJECTS_LIMIT_EXCEEDED" }), {}, "neon.project_limit", "refused"],
    ["too many roles", thrown(422, { code: "ROLES_LIMIT_EXCEEDED", message: "m" }), {}, "neon.plan_limit", "refused"],
    ["a name that is taken", thrown(409, { message: "branch already exists" }), {}, "neon.refused", "exists"],
    [
      "an unknown region",
      thrown(400, { message: "unknown region" }),
      { region: "mars-1" },
      "neon.region_unknown",
      "refused",
    ],
    [
      "an unknown version",
      thrown(400, { message: "bad pg_version" }),
      { version: 13 },
      "neon.version_unknown",
      "refused",
    ],
    ["another refusal", thrown(400, { message: "the name is too long" }), {}, "neon.refused", "refused"],
    ["a lock", thrown(423), {}, "neon.locked", "again"],
    ["a limit of requests", thrown(429), {}, "neon.rate_limited", "again"],
    ["a service that is away", thrown(503), {}, "neon.unavailable", "again"],
    ["an error of the server's", thrown(500), {}, "neon.unavailable", "lost"],
    ["no answer at all", thrown(null), {}, "neon.unavailable", "lost"],
  ])("%s", (_name, error, more, code, verdict) => {
    expect(errorOf(error, more)).toMatchObject({ code, verdict });
  });

  it("never holds the key", () => {
    const error = errorOf(thrown(500, { message: "oops" }));
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error)) + String(error.stack)).not.toContain(KEY);
    expect(error.cause).toBeUndefined();
  });

  it.each([
    ["7", 7_000],
    ["Sat, 21 Nov 2026 12:00:30 GMT", 30_000],
    ["soon", null],
  ])("is asked for again after %s", (value, ms) => {
    expect(troubleOf(thrown(429, {}, { "retry-after": value }), NOW)?.retryAfterMs).toBe(ms);
  });

  it("leaves other errors to others", () => {
    expect(troubleOf(new Error("a crash"), NOW)).toBeNull();
  });
});
