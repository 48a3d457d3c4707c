import { describe, expect, it } from "vitest";
import { catalogue, type ErrorCode } from "@/lib/errors/catalogue";
import { FerryError } from "@/lib/errors/ferry-error";
import { connectError } from "./connect-error";
import type { ConnectionSpec } from "./connection-spec";

const SPEC: ConnectionSpec = {
  host: "db.example",
  port: 5433,
  database: "shop",
  user: "anna",
  password: "correct horse",
  tls: { mode: "prefer" },
};

const coded = (code: string, message = "it failed") => Object.assign(new Error(message), { code });
const several = (...codes: string[]) => new AggregateError(codes.map((code) => coded(code)));

const TABLE: [ErrorCode, string, unknown][] = [
  ["connect.host_unknown", "no such name", coded("ENOTFOUND", "getaddrinfo ENOTFOUND db.example")],
  ["connect.host_unknown", "no name server", coded("EAI_AGAIN")],
  ["connect.refused", "nobody listens", coded("ECONNREFUSED")],
  ["connect.refused", "nobody listens on either address", several("ECONNREFUSED", "ECONNREFUSED")],
  ["connect.refused", "no IPv6 here, and refused over IPv4", several("ENETUNREACH", "ECONNREFUSED")],
  ["connect.timed_out", "no answer", coded("ETIMEDOUT")],
  ["connect.timed_out", "no IPv6 here, and no answer over IPv4", several("ENETUNREACH", "ETIMEDOUT")],
  ["connect.unreachable", "no route to the host", coded("EHOSTUNREACH")],
  ["connect.unreachable", "an IPv6 address, and no IPv6 here", coded("ENETUNREACH")],
  ["connect.unreachable", "no address of that family here", coded("EADDRNOTAVAIL")],
  ["connect.not_postgres", "plain text where TLS was agreed on", coded("EPROTO", "SSL routines:wrong version number")],
  ["connect.not_postgres", "the same, newer", coded("ERR_SSL_WRONG_VERSION_NUMBER", "wrong version number")],
  [
    "connect.not_postgres",
    "an odd answer to the question for TLS",
    new Error("There was an error establishing an SSL connection"),
  ],
  ["connect.not_postgres", "hung up at once", new Error("Connection terminated unexpectedly")],
  ["connect.not_postgres", "reset at once", coded("ECONNRESET")],
  ["connect.auth_failed", "wrong password", coded("28P01", 'password authentication failed for user "anna"')],
  [
    "connect.auth_failed",
    "no password where SCRAM wants one",
    new Error("SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string"),
  ],
  [
    "connect.auth_failed",
    "the same, older",
    new Error("SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string"),
  ],
  ["connect.user_missing", "no such role", coded("28000", 'role "anna" does not exist')],
  ["connect.not_allowed", "no pg_hba entry", coded("28000", 'no pg_hba.conf entry for host "192.0.2.1"')],
  ["connect.not_allowed", "may not log in", coded("28000", 'role "anna" is not permitted to log in')],
  ["connect.not_allowed", "may not enter the database", coded("42501", 'permission denied for database "shop"')],
  ["connect.database_missing", "no such database", coded("3D000", 'database "shop" does not exist')],
  ["connect.too_many", "no slot left", coded("53300", "sorry, too many clients already")],
  ["connect.starting", "starting up", coded("57P03", "the database system is starting up")],
  ["connect.tls_not_offered", "no TLS", new Error("The server does not support SSL connections")],
  ["connect.tls_untrusted", "self-signed", coded("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate")],
  ["connect.tls_untrusted", "unknown authority", coded("SELF_SIGNED_CERT_IN_CHAIN")],
  ["connect.tls_untrusted", "another name", coded("ERR_TLS_CERT_ALTNAME_INVALID")],
  ["connect.tls_untrusted", "expired", coded("CERT_HAS_EXPIRED")],
  [
    "connect.tls_untrusted",
    "a CA that is no certificate",
    coded("ERR_OSSL_PEM_NO_START_LINE", "PEM routines::no start line"),
  ],
  ["connect.client_certificate", "the server asks for one", coded("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED")],
  ["connect.client_certificate", "the server takes another's only", coded("ERR_SSL_TLSV1_ALERT_UNKNOWN_CA")],
  [
    "connect.client_certificate",
    "pg_hba asks for one",
    coded("28000", "connection requires a valid client certificate"),
  ],
  ["connect.user_missing", "Supabase's pooler knows no such project", coded("XX000", "Tenant or user not found")],
  ["connect.starting", "shutting down", coded("57P03", "the database system is shutting down")],
  [
    "connect.starting",
    "shut down while connecting",
    coded("57P01", "terminating connection due to administrator command"),
  ],
  ["connect.failed", "a TLS alert of the server's own", coded("ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE")],
  ["connect.failed", "a server's error that has no entry", coded("XX000", "endpoint is disabled")],
  ["connect.failed", "something thrown that is no error", "it just failed"],
  ["connect.failed", "no reason at all", new Error("")],
];

describe("connectError", () => {
  it.each(TABLE)("%s: %s", (code, _what, error) => {
    const told = connectError(error, SPEC, "source");
    expect(told).toBeInstanceOf(FerryError);
    expect(told.code).toBe(code);
    expect(told.cause).toBe(error);
    expect(told.context).toMatchObject({
      side: "source",
      host: "db.example",
      port: 5433,
      user: "anna",
      database: "shop",
    });
  });

  it.each(TABLE)("%s says all it has to say, without the password: %s", (_code, _what, error) => {
    const told = connectError(error, SPEC, "target");
    const text = catalogue[told.code].what(told.context);
    expect(text).not.toMatch(/undefined|null|\?|: \.$/);
    expect(`${text} ${told.message} ${JSON.stringify(told.context)}`).not.toContain("correct horse");
  });

  it("lets an error of Ferry's own through", () => {
    const own = new FerryError("connect.timed_out", { seconds: 8 });
    expect(connectError(own, SPEC, "source")).toBe(own);
  });
});
