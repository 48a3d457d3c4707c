import { FerryError } from "@/lib/errors/ferry-error";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { readCommand } from "./pasted/command-form";
import { readPairs } from "./pasted/pairs-form";
import { complete, invalid, type Note, type Parts } from "./pasted/parts";
import { takeCertificates } from "./pasted/pem";
import { readSettings } from "./pasted/settings-form";
import { toSpec } from "./pasted/to-spec";
import { findUrl, readUrl } from "./pasted/url-form";

export interface ReadConnection {
  spec: ConnectionSpec;
  /** What stands in it and is not used, with the reason. */
  notes: Note[];
}

/**
 * Reads what people paste: a URL wherever it stands in the text, `key=value` pairs of libpq or .NET, a whole
 * `psql …` command, `PGHOST=…` lines, or settings of Rails and Django; with certificates below it.
 */
export function readConnection(pasted: string): ReadConnection {
  const { rest, known } = takeCertificates(pasted);
  const parts = readParts(rest);
  Object.assign(parts.known, known);
  const spec = toSpec(parts);
  return { spec, notes: parts.notes };
}

export const parseConnectionString = (pasted: string): ConnectionSpec => readConnection(pasted).spec;

/** What a text says of a connection, as far as it goes. */
export function readParts(text: string): Parts {
  if (text.trim() === "") throw invalid("it is empty");
  if (/\[(?:YOUR|MY)[-_ ]PASSWORD\]|:<(?:your[-_ ]?)?password>@/i.test(text)) {
    throw invalid("the password in it is still a placeholder", "password");
  }
  if (/(?<!\w)prisma(?:\+postgres)?:\/\//i.test(text)) {
    throw invalid("it is an address of Prisma's own service; paste the direct connection string of the database");
  }
  const url = findUrl(text);
  if (url !== null) {
    const around = text.slice(0, url.from) + " ".repeat(url.to - url.from) + text.slice(url.to);
    return complete(readUrl(text, url), readCommand(around));
  }
  if (/^\s*["'`]?[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    throw invalid("it does not begin with postgres:// or postgresql://");
  }
  const command = readCommand(text);
  if (command) return command;
  const from = text.length - text.trimStart().length;
  const [, quote = "", pairs = ""] = /^(["']?)(.*)\1$/s.exec(text.trim()) ?? [];
  if (/^\s*[a-z][a-z_ ]*=/i.test(pairs)) return readPairs(pairs, from + quote.length);
  const settings = readSettings(text);
  if (settings) return settings;
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
