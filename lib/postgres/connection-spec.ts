/** libpq's sslmode, with `allow` read as `prefer`. */
export type TlsMode = "disable" | "prefer" | "require" | "verify-ca" | "verify-full";

/** Everything needed to reach one database. Holds a password: it lives in memory only, never in a row or event. */
export interface ConnectionSpec {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string | null;
  tls: { mode: TlsMode; ca?: string };
}

/** Which part of an import a session serves; it names the session and chooses its settings. */
export type Side = "source" | "target" | "metadata";

/** The part of a spec that may be shown, stored and logged. */
export interface PublicAddress {
  host: string;
  port: number;
  database: string;
  user: string;
}

export function publicAddress({ host, port, database, user }: ConnectionSpec): PublicAddress {
  return { host, port, database, user };
}
