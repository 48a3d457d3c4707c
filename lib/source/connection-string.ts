import { FerryError } from "@/lib/errors/ferry-error";
import type { ConnectionSpec, TlsMode } from "@/lib/postgres/connection-spec";
import { readCommand } from "./pasted/command-form";
import { readPairs } from "./pasted/pairs-form";
import { invalid, type Parts } from "./pasted/parts";
import { findUrl, readUrl } from "./pasted/url-form";

const DEFAULT_PORT = 5432;

/**
 * Reads what people paste: a URL wherever it stands in the text, `key=value` pairs of libpq or .NET, a whole
 * `psql …` command, or `PGHOST=…` lines.
 */
export function parseConnectionString(pasted: string): ConnectionSpec {
  const text = pasted.trim();
  if (text === "") throw invalid("it is empty");
  if (/\[(?:YOUR|MY)[-_ ]PASSWORD\]/i.test(text)) throw invalid("the password in it is still a placeholder");
  const url = findUrl(text);
  if (url !== null) return toSpec({ password: readCommand(text.replace(url, ""))?.password, ...readUrl(url) });
  if (/^["'`]?[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    throw invalid("it does not begin with postgres:// or postgresql://");
  }
  const command = readCommand(text);
  if (command) return toSpec(command);
  const pairs = text.replace(/^(["'])(.*)\1$/s, "$2");
  if (/^\s*[a-z][a-z_ ]*=/i.test(pairs)) return toSpec(readPairs(pairs));
  throw invalid("it is neither a postgres:// address nor host=… user=… pairs");
}

/** The same, with an error that says next to which field it stands. */
export function parseOnSide(side: "source" | "target", pasted: string): ConnectionSpec {
  try {
    return parseConnectionString(pasted);
  } catch (error) {
    if (error instanceof FerryError) throw new FerryError(error.code, { ...error.context, side }, { cause: error });
    throw error;
  }
}

function toSpec(parts: Parts): ConnectionSpec {
  if (!parts.host) throw invalid("the host is missing");
  if (parts.host.startsWith("/")) throw invalid("the host is a socket folder; give a network address");
  if (parts.host.includes(",")) throw invalid("it names several hosts; give the one to read from");
  // A host is shown and logged: what is none might be a piece of the password.
  if (!/^[\p{L}\p{N}_.:%-]+$/u.test(parts.host)) throw invalid("the host holds characters that no host name has");
  const port = parts.port ? Number(parts.port) : DEFAULT_PORT;
  if ((parts.port && !/^\d+$/.test(parts.port)) || port < 1 || port > 65_535) {
    throw invalid("the port is not a number from 1 to 65535");
  }
  if (!parts.user) throw invalid("the user is missing");
  return {
    host: parts.host,
    port,
    user: parts.user,
    database: parts.database || parts.user,
    password: parts.password ?? null,
    tls: { mode: tlsMode(parts.sslmode) },
  };
}

function tlsMode(sslmode: string | undefined): TlsMode {
  switch (sslmode) {
    case undefined:
    case "":
    case "allow":
    case "prefer":
      return "prefer";
    case "no-verify":
      return "require";
    case "disable":
    case "require":
    case "verify-ca":
    case "verify-full":
      return sslmode;
    default:
      throw invalid("sslmode is none of disable, allow, prefer, require, verify-ca, verify-full");
  }
}
