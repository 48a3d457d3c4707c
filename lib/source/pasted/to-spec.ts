import {
  CHANNEL_BINDINGS,
  type ConnectionSpec,
  type HostPort,
  isSocket,
  SESSION_ATTRIBUTES,
  TLS_MODES,
  TLS_VERSIONS,
  type TlsMode,
  type TlsSpec,
} from "@/lib/postgres/connection-spec";
import { invalid, type Key, type Parts } from "./parts";
import { isPem } from "./pem";

const DEFAULT_PORT = 5432;
const LONGEST_TIMEOUT_SECONDS = 30;
const SHORTEST_TIMEOUT_SECONDS = 2;

/** What was read, checked part by part: an error names the part and its place. */
export function toSpec({ known, notes }: Parts): ConnectionSpec {
  const text = (key: Key): string | undefined => known[key]?.value || undefined;
  const fail = (key: Key, reason: string) => invalid(reason, key, known[key]?.place);
  const oneOf = <T extends string>(key: Key, values: readonly T[]): T | undefined => {
    const value = text(key);
    if (value === undefined) return undefined;
    const found = values.find((one) => one.toLowerCase() === value.toLowerCase());
    if (!found) throw fail(key, `${key} is none of ${values.join(", ")}`);
    return found;
  };

  const hosts = readHosts(known);
  const [first, ...others] = hosts;
  if (!first) throw invalid("the host is missing", "host");
  const user = text("user");
  if (!user) throw fail("user", "the user is missing");
  const password = known.password?.value ?? null;
  if (password !== null && /^[*•●]{3,}$/u.test(password)) {
    throw fail("password", "the password in it is masked; reveal it and copy again");
  }
  const sessionAttributes = oneOf("target_session_attrs", SESSION_ATTRIBUTES);
  const channelBinding = oneOf("channel_binding", CHANNEL_BINDINGS);
  const address = text("hostaddr");
  if (address !== undefined && !/^[0-9a-fA-F.:%]+$/.test(address)) throw fail("hostaddr", "hostaddr is no IP address");
  const spec: ConnectionSpec = {
    ...first,
    user,
    database: text("database") ?? user,
    password,
    tls: tlsOf({ known, notes }, { text, fail, oneOf }),
    ...(address !== undefined && known.host ? { address } : {}),
    ...(others.length > 0 ? { otherHosts: others } : {}),
    ...(sessionAttributes && sessionAttributes !== "any" ? { sessionAttributes } : {}),
    ...(channelBinding && channelBinding !== "prefer" ? { channelBinding } : {}),
    ...(text("options") ? { options: text("options") } : {}),
    ...connectTimeout(text("connect_timeout"), fail),
  };
  for (const value of [spec.user, spec.database, spec.password ?? "", spec.options ?? ""]) {
    // The protocol ends a text with it.
    if (value.includes("\0")) throw invalid("it holds a zero byte");
  }
  if (channelBinding === "require" && spec.tls.mode === "disable") {
    throw fail("channel_binding", "channel_binding=require needs TLS, which sslmode=disable turns off");
  }
  return spec;
}

function readHosts(known: Parts["known"]): HostPort[] {
  const part = known.host?.value ? known.host : known.hostaddr;
  if (!part?.value) return [];
  const hosts = part.value.split(",");
  const ports = (known.port?.value ?? "").split(",");
  if (ports.length > 1 && ports.length !== hosts.length) {
    throw invalid(`it names ${hosts.length} hosts and ${ports.length} ports`, "port", known.port?.place);
  }
  return hosts.map((host, index) => {
    if (host === "") throw invalid("a host is missing", "host", part.place);
    const isPath = isSocket(host);
    // A host is shown and logged: what is none might be a piece of the password.
    if (!(isPath ? /^\/[\p{L}\p{N}_.\-/]+$/u : /^[\p{L}\p{N}_.:%-]+$/u).test(host)) {
      throw invalid("the host holds characters that no host name has", "host", part.place);
    }
    return { host, port: readPort(ports.length === 1 ? ports[0] : ports[index], known.port?.place ?? null) };
  });
}

function readPort(text: string | undefined, place: { from: number; to: number } | null): number {
  if (!text) return DEFAULT_PORT;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw invalid("the port is not a number from 1 to 65535", "port", place);
  }
  return port;
}

function connectTimeout(text: string | undefined, fail: (key: Key, reason: string) => Error) {
  if (text === undefined) return {};
  if (!/^-?\d{1,9}$/.test(text.trim())) throw fail("connect_timeout", "connect_timeout is not a number of seconds");
  const seconds = Number(text);
  // As libpq: none means no limit. Somebody waits for the answer, so there is one.
  if (seconds <= 0) return { connectTimeoutSeconds: LONGEST_TIMEOUT_SECONDS };
  return { connectTimeoutSeconds: Math.min(Math.max(seconds, SHORTEST_TIMEOUT_SECONDS), LONGEST_TIMEOUT_SECONDS) };
}

interface Access {
  text: (key: Key) => string | undefined;
  fail: (key: Key, reason: string) => Error;
  oneOf: <T extends string>(key: Key, values: readonly T[]) => T | undefined;
}

function tlsOf({ known, notes }: Parts, { text, fail, oneOf }: Access): TlsSpec {
  const root = text("sslrootcert");
  const isSystem = root === "system";
  const mode = tlsMode(text("sslmode"), isSystem, known.strict !== undefined, fail);
  const pem = (key: "sslrootcert" | "sslcert" | "sslkey"): string | undefined => {
    const value = text(key);
    if (value === undefined || (key === "sslrootcert" && isSystem)) return undefined;
    if (isPem(value)) return value.trim();
    // The file is on the machine of whoever pasted this.
    const why = "it names a file of your machine; paste the certificate itself below the connection string";
    if (key !== "sslrootcert") throw fail(key, `${key}: ${why}`);
    notes.push({ name: key, reason: why });
    return undefined;
  };
  const [ca, certificate, key] = [pem("sslrootcert"), pem("sslcert"), pem("sslkey")];
  if ((certificate === undefined) !== (key === undefined)) {
    throw invalid("a client certificate needs both sslcert and sslkey", certificate ? "sslkey" : "sslcert");
  }
  const negotiation = oneOf("sslnegotiation", ["postgres", "direct"]);
  if (negotiation === "direct" && ["disable", "allow", "prefer"].includes(mode)) {
    throw fail("sslnegotiation", "sslnegotiation=direct needs sslmode=require or stronger");
  }
  const [minVersion, maxVersion] = [
    oneOf("ssl_min_protocol_version", TLS_VERSIONS),
    oneOf("ssl_max_protocol_version", TLS_VERSIONS),
  ];
  return {
    mode,
    ...(ca ? { ca } : {}),
    ...(certificate ? { certificate, key } : {}),
    ...(text("sslpassword") && key ? { passphrase: text("sslpassword") } : {}),
    ...(negotiation === "direct" ? { direct: true } : {}),
    ...(minVersion ? { minVersion } : {}),
    ...(maxVersion ? { maxVersion } : {}),
  };
}

function tlsMode(
  asked: string | undefined,
  isSystem: boolean,
  isStrict: boolean,
  fail: (key: Key, reason: string) => Error,
): TlsMode {
  const mode = asked === "no-verify" ? "require" : asked;
  const known = TLS_MODES.find((one) => one === mode);
  if (mode !== undefined && !known) throw fail("sslmode", `sslmode is none of ${TLS_MODES.join(", ")}`);
  if (isSystem) {
    // As libpq: whoever trusts every public authority must at least look at the name.
    if (known && known !== "verify-full") throw fail("sslmode", "sslrootcert=system needs sslmode=verify-full");
    return "verify-full";
  }
  if (isStrict && known !== "disable") return "verify-full";
  return known ?? "prefer";
}
