import { describe, expect, it, test } from "vitest";
import { isLoopback } from "./loopback";
import { listeningHost, ownOrigin, refuseUnsigned, tellsHostOfRequest, whyUnsigned } from "./signed-engine";

const KEY = { INNGEST_SIGNING_KEY: "signkey-prod-12ab" };

test.each<[Record<string, string>, string | null]>([
  [KEY, null],
  [{ ...KEY, INNGEST_DEV: "" }, null],
  [{ ...KEY, INNGEST_DEV: "0" }, null],
  [{ ...KEY, INNGEST_DEV: "false" }, null],
  [{ ...KEY, INNGEST_DEV: "1" }, "INNGEST_DEV is set"],
  [{ ...KEY, INNGEST_DEV: "http://127.0.0.1:8288" }, "INNGEST_DEV is set"],
  [{}, "INNGEST_SIGNING_KEY is not set"],
  [{ INNGEST_SIGNING_KEY: "" }, "INNGEST_SIGNING_KEY is not set"],
])("%j: %s", (environment, reason) => expect(whyUnsigned(environment)).toBe(reason));

describe("unsigned calls", () => {
  const unsigned = { INNGEST_DEV: "1" };

  it.each(["127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"])("are borne at %s", (host) => {
    expect(isLoopback(host)).toBe(true);
    expect(() => refuseUnsigned(unsigned, host)).not.toThrow();
  });

  it.each(["0.0.0.0", "::", "192.168.1.5", "ferry.example", "localhost.evil.example", "127.0.0.1.evil.example", ""])(
    "are refused at %j",
    (host) => {
      expect(() => refuseUnsigned(unsigned, host)).toThrow(/engine.unsigned/);
      expect(() => refuseUnsigned({}, host)).toThrow(/engine.unsigned/);
      expect(() => refuseUnsigned(KEY, host)).not.toThrow();
    },
  );

  it.each<[Record<string, string>, string]>([
    [{}, "0.0.0.0"],
    [{ FERRY_MODE: "hosted", FERRY_HOST: "127.0.0.1" }, "0.0.0.0"],
    [{ FERRY_MODE: "embedded" }, "127.0.0.1"],
    [{ FERRY_MODE: "embedded", FERRY_HOST: "" }, "127.0.0.1"],
    [{ FERRY_MODE: "embedded", FERRY_HOST: "192.168.1.5" }, "192.168.1.5"],
  ])("%j listens at %s", (environment, host) => expect(listeningHost(environment)).toBe(host));
});

test.each<[Record<string, string>, Record<string, string>, boolean]>([
  [{}, {}, true],
  [{ FERRY_MODE: "hosted" }, { "x-inngest-sync-kind": "out_of_band" }, true],
  // The SDK asks this one for a signature.
  [{}, { "x-inngest-sync-kind": "in_band" }, false],
  [{ FERRY_URL: "https://ferry.example" }, {}, false],
  [{ INNGEST_SERVE_ORIGIN: "https://ferry.example" }, {}, false],
  [{ VERCEL: "1" }, {}, false],
  [{ FERRY_MODE: "embedded" }, {}, false],
  [{ FERRY_MODE: "embedded", FERRY_HOST: "0.0.0.0" }, {}, true],
  [{ FERRY_MODE: "embedded", FERRY_HOST: "0.0.0.0", FERRY_ENGINE: "embedded" }, {}, false],
])("with %j a PUT with %j would tell the engine the request's host: %s", (environment, headers, would) => {
  expect(tellsHostOfRequest(environment, new Headers(headers))).toBe(would);
});

test("the engine is told where the operator says that Ferry is", () => {
  expect(ownOrigin({ FERRY_URL: "https://ferry.example" })).toBe("https://ferry.example");
  expect(ownOrigin({ FERRY_URL: "https://ferry.example", FERRY_ENGINE: "embedded" })).toBeUndefined();
  expect(ownOrigin({ FERRY_URL: "" })).toBeUndefined();
});
