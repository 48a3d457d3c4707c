import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import { AddressRefused } from "@/lib/security/address-guard";
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

/** What is wrong with a certificate, in words for people. */
const TRUST_WORDS: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "it is self-signed, so that nobody vouches for it",
  SELF_SIGNED_CERT_IN_CHAIN: "it is signed by an authority that Ferry does not know",
  UNABLE_TO_GET_ISSUER_CERT: "it is signed by an authority that Ferry does not know",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "it is signed by an authority that Ferry does not know",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "it is signed by an authority that Ferry does not know",
  CERT_HAS_EXPIRED: "it has expired",
  CERT_NOT_YET_VALID: "it is not valid yet",
  CERT_REVOKED: "it was revoked",
};

/** pg and Ferry take a server's answer for what was asked for; Node's own errors have a code. */
const isOurReading = (error: unknown): boolean =>
  (error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError) && codeOf(error) === "";

/** 57P03 and its like say in words which way the server is going. */
const stateOf = (message: string): string => {
  if (/shutting down|administrator command|shutdown/i.test(message)) return "shutting down";
  return /recovery|not (?:yet )?accepting/i.test(message) ? "recovering" : "starting up";
};

/** Tells the ways a connection can fail apart. Pure: what went wrong in, what the user is told out. */
export function connectError(cause: unknown, spec: ConnectionSpec, side: Side): FerryError {
  if (cause instanceof FerryError) return cause;
  const error = furthest(cause);
  const where = { side, host: spec.host, port: spec.port, user: spec.user, database: spec.database };
  const make = (code: FerryError["code"], more: Record<string, string | number> = {}) =>
    new FerryError(code, { ...where, ...more }, { cause });
  if (isOurReading(error))
    return make("connect.protocol_broken", { reason: "an answer that does not fit the question" });
  if (error instanceof AddressRefused) return make("connect.address_refused", { kind: error.kind });
  const code = codeOf(error);
  const message = messageOf(error);

  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EAI_NONAME":
      return make("connect.host_unknown");
    case "ECONNREFUSED":
    case "ENOENT": // No such socket.
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
      if (/client certificate/i.test(message)) return make("connect.client_certificate", { reason: message });
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
    case "57P01":
    case "57P02":
      return make("connect.starting", { state: stateOf(message) });
  }
  // Whatever spoke after the handshake was agreed on did not speak TLS; other alerts are a server's own.
  if (/wrong version number|packet length too long/i.test(message)) return make("connect.not_postgres");
  if (/^ERR_OSSL_PEM|PEM routines/.test(`${code} ${message}`)) {
    return make("connect.tls_untrusted", { reason: "the CA certificate given cannot be read" });
  }
  if (TLS_TRUST_CODES.has(code)) return make("connect.tls_untrusted", { reason: TRUST_WORDS[code] ?? message });
  if (/ALERT_CERTIFICATE_REQUIRED|alert certificate required/i.test(`${code} ${message}`)) {
    return make("connect.client_certificate", { reason: "the server asks for one" });
  }
  if (/ALERT_(?:UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_\w+|UNSUPPORTED_CERTIFICATE)/.test(code)) {
    return make("connect.client_certificate", { reason: "the server does not accept the one given" });
  }
  // Supabase's pooler, where the user is to name the project.
  if (/Tenant or user not found/i.test(message)) return make("connect.user_missing");
  if (/does not support SSL/i.test(message)) return make("connect.tls_not_offered");
  if (/There was an error establishing an SSL connection|received invalid response|unexpected message/i.test(message)) {
    return make("connect.not_postgres");
  }
  // A server that hangs up on the first bytes, or says nothing that Postgres would say.
  if (code === "ECONNRESET" || /Connection terminated unexpectedly/i.test(message)) return make("connect.not_postgres");
  if (/password must be a|no password/i.test(message)) return make("connect.auth_failed");
  return make("connect.failed", { reason: message || code || "no reason was given" });
}
