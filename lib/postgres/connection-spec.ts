/** libpq's sslmode. */
export const TLS_MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;
export type TlsMode = (typeof TLS_MODES)[number];

export const TLS_VERSIONS = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;
export type TlsVersion = (typeof TLS_VERSIONS)[number];

export const SESSION_ATTRIBUTES = ["any", "read-write", "read-only", "primary", "standby", "prefer-standby"] as const;
export type SessionAttributes = (typeof SESSION_ATTRIBUTES)[number];

export const CHANNEL_BINDINGS = ["disable", "prefer", "require"] as const;
export type ChannelBinding = (typeof CHANNEL_BINDINGS)[number];

export interface TlsSpec {
  mode: TlsMode;
  /** PEM of the authorities to trust; without it, those that Node knows. */
  ca?: string;
  /** PEM of what the client shows. The key is a secret, and so is what opens it. */
  certificate?: string;
  key?: string;
  passphrase?: string;
  /** TLS from the first byte on, without asking for it. */
  direct?: boolean;
  minVersion?: TlsVersion;
  maxVersion?: TlsVersion;
}

export interface HostPort {
  host: string;
  port: number;
}

/** Everything needed to reach one database. Holds secrets: it lives in memory only, never in a row or event. */
export interface ConnectionSpec {
  /** A name, an address, or the folder of a Unix socket. */
  host: string;
  port: number;
  database: string;
  user: string;
  password: string | null;
  tls: TlsSpec;
  /** Where to connect to, while the host is what the certificate must name. */
  address?: string;
  /** Tried in order, when the first does not answer or is not as wished. */
  otherHosts?: HostPort[];
  sessionAttributes?: SessionAttributes;
  channelBinding?: ChannelBinding;
  /** The command-line options of libpq: `-c name=value`, or Neon's `endpoint=…`. */
  options?: string;
  connectTimeoutSeconds?: number;
  /** The address that was given, where Ferry goes to another one: a pooler's. */
  given?: HostPort;
  /**
   * A server that Ferry carries with it, or its operator names. Nothing that is pasted comes to this: the address guard
   * judges what users name.
   */
  isOwn?: true;
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

/** Whether it is reached through a file of this machine. */
export const isSocket = (host: string): boolean => host.startsWith("/");

/** What must not be shown. A key may be told by one of its lines. */
export function secretsOf({ password, tls }: ConnectionSpec): string[] {
  const lines = (tls.key ?? "").split("\n").filter((line) => line.length >= 20 && !line.startsWith("-----"));
  return [password, tls.passphrase, tls.key, ...lines].filter((secret): secret is string => Boolean(secret));
}
