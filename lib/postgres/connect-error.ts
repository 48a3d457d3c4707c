import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import type { ConnectionSpec, Side } from "./connection-spec";

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
};

const TLS_TRUST_CODES = new Set([
  "CERT_CHAIN_TOO_LONG",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REJECTED",
  "CERT_REVOKED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "HOSTNAME_MISMATCH",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** A host with several addresses fails with all their errors: the one that got furthest says the most. */
const FURTHEST_FIRST = ["ECONNRESET", "ECONNREFUSED", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"];

function furthest(error: unknown): unknown {
  if (!(error instanceof AggregateError)) return error;
  for (const code of FURTHEST_FIRST) {
    const found = error.errors.find((one) => codeOf(one) === code);
    if (found) return found;
  }
  return error.errors[0] ?? error;
}

/** Tells the ways a connection can fail apart. Pure: what went wrong in, what the user is told out. */
export function connectError(cause: unknown, spec: ConnectionSpec, side: Side): FerryError {
  if (cause instanceof FerryError) return cause;
  const error = furthest(cause);
  const where = { side, host: spec.host, port: spec.port, user: spec.user, database: spec.database };
  const make = (code: FerryError["code"], more: Record<string, string | number> = {}) =>
    new FerryError(code, { ...where, ...more }, { cause });
  const code = codeOf(error);
  const message = messageOf(error);

  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EAI_NONAME":
      return make("connect.host_unknown");
    case "ECONNREFUSED":
      return make("connect.refused");
    case "ETIMEDOUT":
      return make("connect.timed_out");
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EADDRNOTAVAIL":
      return make("connect.unreachable");
    case "28P01":
      return make("connect.auth_failed");
    case "28000":
      return /role .* does not exist/i.test(message)
        ? make("connect.user_missing")
        : make("connect.not_allowed", { reason: message });
    case "3D000":
      return make("connect.database_missing");
    case "42501":
      return make("connect.not_allowed", { reason: message });
    case "53300":
      return make("connect.too_many");
    case "57P03":
      return make("connect.starting");
  }
  // Whatever spoke after the handshake was agreed on did not speak TLS; other alerts are a server's own.
  if (/wrong version number|packet length too long/i.test(message)) return make("connect.not_postgres");
  if (/^ERR_OSSL_PEM|PEM routines/.test(`${code} ${message}`)) {
    return make("connect.tls_untrusted", { reason: "the CA certificate given cannot be read" });
  }
  if (TLS_TRUST_CODES.has(code)) return make("connect.tls_untrusted", { reason: message });
  if (/does not support SSL/i.test(message)) return make("connect.tls_not_offered");
  if (/There was an error establishing an SSL connection|received invalid response|unexpected message/i.test(message)) {
    return make("connect.not_postgres");
  }
  // A server that hangs up on the first bytes, or says nothing that Postgres would say.
  if (code === "ECONNRESET" || /Connection terminated unexpectedly/i.test(message)) return make("connect.not_postgres");
  if (/password must be a|no password/i.test(message)) return make("connect.auth_failed");
  return make("connect.failed", { reason: message || code || "no reason was given" });
}
