import { isIP } from "node:net";
import { type ConnectionOptions, createSecureContext } from "node:tls";
import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import { type ConnectionSpec, isSocket, type Side } from "./connection-spec";

type Attempt = ConnectionOptions | false;

/** The TLS settings to try, in order, with libpq's meaning of sslmode. */
export function tlsAttempts({ host, tls }: ConnectionSpec): Attempt[] {
  if (isSocket(host)) return [false];
  const common: ConnectionOptions = {
    ...(isIP(host) ? {} : { servername: host }),
    ...(tls.certificate ? { cert: tls.certificate, key: tls.key, passphrase: tls.passphrase } : {}),
    ...(tls.minVersion ? { minVersion: tls.minVersion } : {}),
    ...(tls.maxVersion ? { maxVersion: tls.maxVersion } : {}),
  };
  const encrypted = { ...common, rejectUnauthorized: false };
  switch (tls.mode) {
    case "disable":
      return [false];
    case "allow":
      return [false, encrypted];
    case "prefer":
      return [encrypted, false];
    case "require":
      // As libpq: require with a CA at hand verifies it like verify-ca.
      return [tls.ca ? verifyCa(common, tls.ca) : encrypted];
    case "verify-ca":
      return [verifyCa(common, tls.ca)];
    case "verify-full":
      return [{ ...common, ca: tls.ca, rejectUnauthorized: true }];
  }
}

function verifyCa(common: ConnectionOptions, ca: string | undefined): ConnectionOptions {
  return { ...common, ca, rejectUnauthorized: true, checkServerIdentity: () => undefined };
}

/** Whether the other way of `allow` and `prefer` is worth a try: what failed was this way, by the server's will. */
export function mayGoOtherWay(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof FerryError) return error.code === "connect.password_in_clear";
  if (/does not support SSL/i.test(error.message)) return true;
  return (error as { code?: unknown }).code === "28000" && /pg_hba\.conf/.test(error.message);
}

/** A client certificate that cannot be used is told before anybody is asked. */
export function checkOwnCertificate({ host, tls }: ConnectionSpec, side: Side): void {
  if (!tls.certificate) return;
  try {
    createSecureContext({ cert: tls.certificate, key: tls.key, passphrase: tls.passphrase });
  } catch (error) {
    const isKey = /key|decrypt|passphrase|password/i.test(messageOf(error));
    const reason = isKey ? "its key cannot be read, or belongs to another one" : "it cannot be read";
    throw new FerryError("connect.client_certificate", { side, host, reason });
  }
}
