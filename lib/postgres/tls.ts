import { isIP } from "node:net";
import type { ConnectionOptions } from "node:tls";
import type { ConnectionSpec } from "./connection-spec";

/** The TLS settings to try, in order, with libpq's meaning of sslmode. */
export function tlsAttempts({ host, tls }: ConnectionSpec): (ConnectionOptions | false)[] {
  const servername = isIP(host) ? {} : { servername: host };
  switch (tls.mode) {
    case "disable":
      return [false];
    case "prefer":
      return [{ ...servername, rejectUnauthorized: false }, false];
    case "require":
      // As libpq: require with a CA at hand verifies it like verify-ca.
      return [tls.ca ? verifyCa(servername, tls.ca) : { ...servername, rejectUnauthorized: false }];
    case "verify-ca":
      return [verifyCa(servername, tls.ca)];
    case "verify-full":
      return [{ ...servername, ca: tls.ca, rejectUnauthorized: true }];
  }
}

function verifyCa(servername: ConnectionOptions, ca: string | undefined): ConnectionOptions {
  return { ...servername, ca, rejectUnauthorized: true, checkServerIdentity: () => undefined };
}
