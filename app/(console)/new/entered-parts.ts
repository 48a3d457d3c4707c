import type { ErrorCode } from "@/lib/errors/catalogue";
import { FerryError } from "@/lib/errors/ferry-error";
import { type ConnectionSpec, TLS_MODES, type TlsMode } from "@/lib/postgres/connection-spec";
import type { Key, Parts } from "@/lib/source/pasted/parts";
import { toSpec } from "@/lib/source/pasted/to-spec";

/** A connection in fields of its own, as somebody types it who has no connection string. */
export interface EnteredParts {
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly tls: TlsMode;
  readonly ca: string;
}

export type PartName = keyof EnteredParts;
export type Problems = Partial<Record<PartName, string>>;

export const NO_PARTS: EnteredParts = {
  ...{ host: "", port: "5432", database: "", user: "", password: "", tls: "prefer", ca: "" },
};

/** Of what was pasted; its password stays where it is. */
export function partsOfSpec({ host, port, database, user, tls }: ConnectionSpec): EnteredParts {
  return { host, port: String(port), database, user, password: "", tls: tls.mode, ca: tls.ca ?? "" };
}

/** Those that are called the same where they are read. */
const NAMED = ["host", "port", "database", "user", "password"] as const;
type Named = (typeof NAMED)[number];

/** What the fields say, or what is wrong with each. The rules are those for what is pasted. Pure. */
export function readEntered(parts: EnteredParts): { spec: ConnectionSpec } | { problems: Problems } {
  const problems: Problems = {};
  for (const name of NAMED) {
    const refusal = refusalOf(name, parts[name]);
    if (refusal !== null) problems[name] = refusal;
  }
  if (!isOfCertificates(parts.ca)) problems.ca = "This is no certificate: one begins with -----BEGIN CERTIFICATE-----.";
  if (Object.keys(problems).length > 0) return { problems };
  const { ca, tls } = parts;
  const known = Object.assign({}, ...NAMED.map((name) => part(name, tidy(name, parts[name]))));
  return {
    spec: toSpec({ known: { ...known, ...part("sslmode", tls), ...part("sslrootcert", ca.trim()) }, notes: [] }),
  };
}

const part = (key: Key, value: string): Parts["known"] => (value === "" ? {} : { [key]: { value, place: null } });
/** Blanks around a name come with copying; in a password they may be meant. */
const tidy = (name: PartName, value: string) => (name === "password" ? value : value.trim());

const isPort = (text: string) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;

/** Of one field by itself, as if all the others were well. */
function refusalOf(name: Named, given: string): string | null {
  const value = tidy(name, given);
  if (value === "" && name === "host") return "Enter the host.";
  if (value === "" && name === "user") return "Enter the user.";
  if (value === "") return null;
  if (name === "port" && !isPort(value)) return "A number from 1 to 65535.";
  if (name === "host" && /^[^:]+:\d+$/.test(value)) return "The port has a field of its own.";
  try {
    toSpec({ known: { ...part("host", "host"), ...part("user", "user"), ...part(name, value) }, notes: [] });
    return null;
  } catch (error) {
    if (!(error instanceof FerryError)) throw error;
    const reason = String(error.context.reason);
    return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
  }
}

/** Of what is in the fields: an empty one lacks something only when it is to be sent. Pure. */
export function saidOf(problems: Problems, parts: EnteredParts): Problems {
  return Object.fromEntries(Object.entries(problems).filter(([name]) => parts[name as PartName].trim() !== ""));
}

/** The field that a server's refusal is about, where it is about one. */
export const fieldOf = (code: ErrorCode): PartName | null => FIELDS[code] ?? null;

const FIELDS: Partial<Record<ErrorCode, PartName>> = {
  ...{ "connection_string.invalid": "host", "connect.host_unknown": "host", "connect.address_refused": "host" },
  ...{ "connect.unreachable": "host", "connect.timed_out": "host", "connect.look_alike": "host" },
  ...{ "connect.refused": "port", "connect.not_postgres": "port", "connect.pooler": "port" },
  ...{ "connect.database_missing": "database", "connect.user_missing": "user", "connect.auth_failed": "password" },
  ...{ "connect.tls_not_offered": "tls", "connect.password_in_clear": "tls", "connect.tls_untrusted": "ca" },
};

/** Whether there is nothing else in it. */
const isOfCertificates = (pem: string): boolean =>
  pem.replace(/-----BEGIN ([A-Z0-9 ]*CERTIFICATE)-----[\s\S]*?-----END \1-----/g, "").trim() === "";

/** What this tab may keep of the fields, and whether they are what is shown. */
export interface KeptParts {
  isOpen: boolean;
  parts: EnteredParts;
  hadPassword: boolean;
}

/** A whole address in a field has its password in it. */
const WHOLE = /:\/\/|pass(?:word)?\s*=/i;

/** All but the password, wherever it stands. Pure. */
export function keepableParts(parts: EnteredParts): EnteredParts {
  const { password } = parts;
  const isSafe = (value: string) => !WHOLE.test(value) && (password === "" || !value.includes(password));
  const kept = (value: string) => (isSafe(value) ? value : "");
  return {
    ...{ host: kept(parts.host), port: kept(parts.port), database: kept(parts.database), user: kept(parts.user) },
    ...{ password: "", tls: parts.tls, ca: isOfCertificates(parts.ca) ? parts.ca : "" },
  };
}

export function readKeptParts(kept: unknown): KeptParts | null {
  if (!isRecord(kept) || !isRecord(kept.parts)) return null;
  const { isOpen, hadPassword, parts } = kept;
  const tls = TLS_MODES.find((mode) => mode === parts.tls);
  if (typeof isOpen !== "boolean" || typeof hadPassword !== "boolean" || !tls) return null;
  const text = (name: PartName) => (typeof parts[name] === "string" ? parts[name] : NO_PARTS[name]);
  const names = { host: text("host"), port: text("port"), database: text("database"), user: text("user") };
  return { isOpen, hadPassword, parts: { ...names, password: "", tls, ca: text("ca") } };
}

const isRecord = (given: unknown): given is Record<string, unknown> => typeof given === "object" && given !== null;
