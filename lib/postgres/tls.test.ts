import type { ConnectionOptions, PeerCertificate } from "node:tls";
import { describe, expect, it } from "vitest";
import type { ConnectionSpec, TlsMode } from "./connection-spec";
import { tlsAttempts } from "./tls";

const spec = (mode: TlsMode, ca?: string, host = "db.example"): ConnectionSpec => ({
  host,
  port: 5432,
  database: "shop",
  user: "anna",
  password: null,
  tls: { mode, ca },
});

/** What an attempt proves: nothing about the peer, that a known authority vouches for it, or also that it is the host. */
function proves(attempt: ConnectionOptions | false): string {
  if (attempt === false) return "plain";
  if (!attempt.rejectUnauthorized) return "encrypted";
  return attempt.checkServerIdentity ? "authority" : "host";
}

const firstOf = (asked: ConnectionSpec): ConnectionOptions => tlsAttempts(asked)[0] || {};

describe("tlsAttempts", () => {
  it.each<[TlsMode, string | undefined, string[]]>([
    ["disable", undefined, ["plain"]],
    ["disable", "CA", ["plain"]],
    ["allow", undefined, ["plain", "encrypted"]],
    ["prefer", undefined, ["encrypted", "plain"]],
    ["prefer", "CA", ["encrypted", "plain"]],
    ["require", undefined, ["encrypted"]],
    ["require", "CA", ["authority"]],
    ["verify-ca", undefined, ["authority"]],
    ["verify-ca", "CA", ["authority"]],
    ["verify-full", undefined, ["host"]],
    ["verify-full", "CA", ["host"]],
  ])("sslmode=%s with CA %s tries %j", (mode, ca, attempts) => {
    expect(tlsAttempts(spec(mode, ca)).map(proves)).toEqual(attempts);
  });

  it.each<TlsMode>(["require", "verify-ca", "verify-full"])("%s never goes on without TLS", (mode) => {
    expect(tlsAttempts(spec(mode))).not.toContain(false);
  });

  it.each<TlsMode>(["require", "verify-ca", "verify-full"])("%s trusts the CA that was given", (mode) => {
    expect(tlsAttempts(spec(mode, "CA"))).toEqual([expect.objectContaining({ ca: "CA", rejectUnauthorized: true })]);
  });

  it("accepts any name where only the authority is asked for", () => {
    const { checkServerIdentity } = firstOf(spec("verify-ca", "CA"));
    expect(checkServerIdentity?.("other.example", {} as PeerCertificate)).toBeUndefined();
  });

  it.each<[string, string | undefined]>([
    ["db.example", "db.example"],
    ["ep-cool-1.eu-central-1.aws.neon.tech", "ep-cool-1.eu-central-1.aws.neon.tech"],
    ["192.0.2.7", undefined],
    ["2001:db8::7", undefined],
  ])("names the host %s to the server as %s", (host, servername) => {
    for (const mode of ["prefer", "require", "verify-ca", "verify-full"] as const) {
      expect(firstOf(spec(mode, undefined, host)).servername).toBe(servername);
    }
  });
});
