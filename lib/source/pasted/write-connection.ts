import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { connectionUrl } from "@/lib/postgres/connection-url";

/** What `readConnection` reads as the same connection: the URL, and below it the certificates. Holds the secrets. */
export function writeConnection(spec: ConnectionSpec): string {
  const { ca, certificate, key, passphrase } = spec.tls;
  const url = connectionUrl(spec);
  const secret =
    passphrase === undefined ? "" : `${url.includes("?") ? "&" : "?"}sslpassword=${encodeURIComponent(passphrase)}`;
  // The client's certificate next to its key: so it is told from the authorities.
  return [url + secret, ca, certificate, key].filter(Boolean).join("\n");
}
