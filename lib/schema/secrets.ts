import type { Archive, ArchiveEntry } from "./archive";
import { splitStatements } from "./sql/statements";
import { applyEdits, isName, isSymbol, isWord, type Token, tokenize } from "./sql/tokens";

/** Stands where a secret was. */
export const HIDDEN_LITERAL = "'•••'";

/** Options and settings that hold a secret go by such names. */
const SECRET_NAME = /pass|pwd|secret|token|credential|private|api_?key|access_?key|_key$|^key$/i;
/** All that a user mapping may keep: who it logs in as, not by what. */
const USER_NAME = /^(user|username|uid)$/i;

/**
 * The archive without what nobody may read: it is stored, shown and compared. Passwords of user mappings and
 * subscriptions stand in a schema in clear, and so do secrets in the settings of a database.
 */
export function withoutSecrets(archive: Archive): Archive {
  return { ...archive, entries: archive.entries.map(withoutSecret) };
}

function withoutSecret(entry: ArchiveEntry): ArchiveEntry {
  const { statement } = entry;
  switch (entry.kind) {
    case "USER MAPPING":
      return { ...entry, statement: withOptions(statement, (name) => USER_NAME.test(name)) };
    case "SERVER":
    case "FOREIGN DATA WRAPPER":
      return { ...entry, statement: withOptions(statement, (name) => !SECRET_NAME.test(name)) };
    case "SUBSCRIPTION":
      return { ...entry, statement: withoutConnection(statement) };
    case "DATABASE PROPERTIES":
      return { ...entry, statement: withoutSecretSettings(statement) };
    default:
      return entry;
  }
}

/** Keeps some of the `name 'value'` pairs of OPTIONS; a list that is left empty goes as a whole. */
function withOptions(statement: string, isKept: (name: string) => boolean): string {
  const tokens = tokenize(statement);
  if (!tokens) return "";
  const start = tokens.findLastIndex((token, at) => isWord(token, "options") && isSymbol(tokens[at + 1], "("));
  if (start === -1) return statement;
  const close = tokens.findIndex((token, at) => at > start && isSymbol(token, ")"));
  const pairs: Token[][] = [[]];
  for (const token of tokens.slice(start + 2, close)) {
    if (isSymbol(token, ",")) pairs.push([]);
    else pairs.at(-1)?.push(token);
  }
  const kept = pairs.filter(([name]) => name !== undefined && isKept(name.value));
  if (kept.length === pairs.length) return statement;
  const list = kept.map((pair) => pair.map((token) => token.text).join(" ")).join(", ");
  const text = kept.length > 0 ? `OPTIONS (${list})` : "";
  return applyEdits(statement, [{ start: tokens[start]?.start ?? 0, end: tokens[close]?.end ?? 0, text }]);
}

/** A subscription's connection string has the password of its publisher. */
function withoutConnection(statement: string): string {
  const tokens = tokenize(statement);
  if (!tokens) return "";
  const secret = tokens[tokens.findIndex((token) => isWord(token, "connection")) + 1];
  return secret ? applyEdits(statement, [{ start: secret.start, end: secret.end, text: HIDDEN_LITERAL }]) : statement;
}

function withoutSecretSettings(statement: string): string {
  const statements = splitStatements(statement);
  if (!statements) return "";
  return statements
    .map(({ text, tokens }) => {
      const name = tokens[tokens.findIndex((token) => isWord(token, "set")) + 1];
      const to = tokens.find((token) => isWord(token, "to"));
      if (!isName(name) || !to || !SECRET_NAME.test(name.value)) return `${text};`;
      return `${text.slice(0, to.end - (tokens[0]?.start ?? 0))} ${HIDDEN_LITERAL};`;
    })
    .join("\n");
}
