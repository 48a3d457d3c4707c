import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "./page-policy";
import { addressTrouble, bodyTrouble, countedAs, isForeign } from "./rules";

const facts = (method: string, headers: Record<string, string>, path = "/api/imports") => ({
  method,
  path,
  headers: new Headers(headers),
});

describe("the site that a request comes from", () => {
  const host = "ferry.test";
  it.each([
    ["a script", { host }],
    ["its own page", { host, origin: "https://ferry.test", "sec-fetch-site": "same-origin" }],
    ["the reader, by hand", { host, "sec-fetch-site": "none" }],
    ["its own page behind a proxy", { host: "10.0.0.1", "x-forwarded-host": host, origin: "https://ferry.test" }],
  ])("may be %s", (_, headers) => {
    expect(isForeign(facts("POST", headers as Record<string, string>))).toBe(false);
  });

  it.each([
    ["another site", { host, origin: "https://evil.example" }],
    ["another site that names none", { host, "sec-fetch-site": "cross-site" }],
    ["a neighbour", { host, "sec-fetch-site": "same-site" }],
    ["a frame without an origin", { host, origin: "null" }],
    ["one with its name in it", { host, origin: "https://ferry.test.evil.example" }],
    ["another port", { host, origin: "https://ferry.test:8443" }],
  ])("may not be %s", (_, headers) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "PURGE"]) {
      expect(isForeign(facts(method, headers as Record<string, string>))).toBe(true);
      expect(isForeign(facts(method, headers as Record<string, string>, "/imports/01J"))).toBe(true);
    }
    expect(isForeign(facts("GET", headers as Record<string, string>))).toBe(false);
  });
});

it.each([
  ["POST", "/api/imports", { "content-length": "262144" }, null],
  ["POST", "/api/imports", { "content-length": "262145" }, { kilobytes: 256 }],
  ["POST", "/new", { "content-length": "1000000000000" }, { kilobytes: 256 }],
  ["GET", "/", { "content-length": "1000000" }, { kilobytes: 256 }],
  ["PUT", "/api/files/0a1b/bytes", { "content-length": "8388608" }, null],
  ["PUT", "/api/files/0a1b/bytes", { "content-length": "8388609" }, { kilobytes: 8_192 }],
  ["PUT", "/api/files/0a1b/bytes", { "transfer-encoding": "chunked" }, "no-length"],
  ["POST", "/api/files/0a1b/load", { "content-length": "262145" }, { kilobytes: 256 }],
  ["POST", "/api/imports", { "content-length": "many" }, { kilobytes: 256 }],
  ["POST", "/api/imports", { "transfer-encoding": "chunked" }, "no-length"],
  ["POST", "/api/imports/01J/start", {}, null],
  ["GET", "/", {}, null],
  ["POST", "/api/inngest", { "content-length": "41943040" }, null],
  ["POST", "/api/inngest", { "transfer-encoding": "chunked" }, null],
  ["POST", "/api/inngest", { "content-length": "41943041" }, { kilobytes: 40_960 }],
])("%s %s with %j is as long as it may be, or not", (method, path, headers, trouble) => {
  expect(bodyTrouble(facts(method, headers as Record<string, string>, path))).toEqual(trouble);
});

it.each([
  ["POST", "/api/imports", "connect"],
  ["POST", "/api/imports/", "connect"],
  ["POST", "/api/imports/01J/verify", "connect"],
  ["PUT", "/api/files/0a1b/bytes", "upload"],
  ["POST", "/api/files", "api"],
  ["POST", "/api/imports/01J/target", "connect"],
  ["POST", "/api/imports/01J/check", "checks"],
  ["GET", "/api/imports/01J/preview", "checks"],
  ["GET", "/api/imports", "api"],
  ["POST", "/api/imports/01J/start", "api"],
  ["GET", "/share/abc", "share"],
  ["GET", "/api/share/abc", "share"],
  ["GET", "/api/share/abc/events", "share"],
  ["POST", "/api/auth/sign-in/email", "login"],
  ["GET", "/api/auth/callback/github", "login"],
  ["POST", "/api/inngest", null],
  ["PUT", "/api/inngest", "connect"],
  ["GET", "/", null],
  ["GET", "/imports/01J", null],
  ["POST", "/imports/01J", "api"],
])("%s %s is counted as %s", (method, path, action) => {
  expect(countedAs({ method, path })).toBe(action);
});

describe("the policy of a page", () => {
  const policy = (more = {}) => contentSecurityPolicy({ nonce: "abc=", isDevelopment: false, isHttps: true, ...more });

  it("lets no script run that was written into it, but for those with the nonce", () => {
    expect(policy()).toContain("script-src 'self' 'nonce-abc=';");
    expect(policy()).toContain("frame-ancestors 'none'");
    expect(policy().replace("style-src-attr 'unsafe-inline'", "")).not.toContain("unsafe");
  });

  it("does not send those to https who have none", () => {
    expect(policy({ isHttps: false })).not.toContain("upgrade-insecure-requests");
  });
});

it.each([
  ["GET", "/imports/01J", {}, null],
  ["POST", "/imports/01J", { "next-action": "40f7" }, null],
  ["POST", "/imports/01J", {}, 405],
  ["PUT", "/imports/01J", { "next-action": "40f7" }, 405],
  ["DELETE", "/api/imports/01J", {}, null],
  ["GET", "/_global-error", {}, 404],
  ["POST", "/_not-found", { "next-action": "40f7" }, 404],
  ["GET", "/imports/%00", {}, 400],
  ["GET", "/imports/%ff", {}, 400],
  ["GET", "/_next/static/%ff", {}, 400],
  ["POST", "/_next/static/chunks/a.js", {}, 405],
  ["POST", "/_next/static/01J", { "next-action": "40f7" }, 405],
  ["GET", "/", { "x-nextjs-data": "1" }, 404],
])("%s %s with %j is served, or answered with %s", (method, path, headers, status) => {
  expect(addressTrouble(facts(method, headers as Record<string, string>, path))).toBe(status);
});
