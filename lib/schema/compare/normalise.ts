import { withoutRefusedOptions } from "../policy/rewrite/unknown-options";
import { policyRoleTokens } from "../sql/roles";
import { splitStatements } from "../sql/statements";
import { isSymbol, isWord, type Token } from "../sql/tokens";
import { withoutDefaultMultirange } from "./range-types";
import { withoutNeedlessQualifiers } from "./view-qualifiers";

const GRANTS = new Set(["ACL", "ACL LANGUAGE", "DEFAULT ACL"]);
const QUERIES = new Set(["VIEW", "MATERIALIZED VIEW", "RULE"]);
const TRIGGERS = new Set(["TRIGGER", "EVENT TRIGGER"]);
const ANY_VERSION = 0;

/**
 * A statement in a form that is equal for what is the same. Spaces between tokens mean nothing; each other rule is a
 * way of writing that one version of the server has and another has not.
 */
export function normalise(statement: string, kind: string): string {
  const plain = withoutRefusedOptions(statement, ANY_VERSION)?.statement ?? statement;
  const statements = splitStatements(plain);
  if (!statements) return plain.trim();
  const texts = statements.map(({ tokens }) => textOf(tokens, kind));
  return (GRANTS.has(kind) ? texts.sort() : texts).join(";\n");
}

function textOf(tokens: readonly Token[], kind: string): string {
  if (QUERIES.has(kind)) return joined(withoutNeedlessAs(withoutNeedlessQualifiers(tokens)));
  if (TRIGGERS.has(kind)) return joined(executingFunction(tokens));
  if (GRANTS.has(kind)) return joinedByName(actingAs(tokens));
  if (kind === "DATABASE PROPERTIES" || (kind === "COMMENT" && isWord(tokens[2], "database")))
    return joinedByName(tokens);
  if (kind === "TYPE") return joined(withoutDefaultMultirange(tokens));
  if (kind === "POLICY") return joined(rolesInOrder(tokens));
  return kind === "TABLE" ? tableText(tokens) : joined(withoutNeedlessAs(tokens));
}

const joined = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join(" ");

/** Whether a name is quoted says nothing about it; only where no expression can stand is that safe to ignore. */
const joinedByName = (tokens: readonly Token[]): string =>
  tokens.map((token) => (token.kind === "string" ? token.text : token.value)).join(" ");

/** Newer minor versions write `MERGE INTO t AS x` where older ones write `MERGE INTO t x`. */
function withoutNeedlessAs(tokens: readonly Token[]): Token[] {
  return tokens.filter((token, index) => {
    if (!isWord(token, "as")) return true;
    let at = index - 1;
    while (isSymbol(tokens[at - 1], ".")) at -= 2;
    if (isWord(tokens[at - 1], "only")) at -= 1;
    const verb = isWord(tokens[at - 1], "into", "from") ? tokens[at - 2] : tokens[at - 1];
    return !isWord(verb, "merge", "update", "delete");
  });
}

/** Version 10 calls a trigger's function a procedure. */
function executingFunction(tokens: readonly Token[]): Token[] {
  return tokens.map((token, index) =>
    isWord(token, "procedure") && isWord(tokens[index - 1], "execute") ? { ...token, text: "FUNCTION" } : token,
  );
}

/** A role that was mapped is quoted, whether it has to be or not, and the server lists roles in an order of its own. */
function rolesInOrder(tokens: readonly Token[]): Token[] {
  const places = policyRoleTokens(tokens).map(({ start }) => start);
  const names = policyRoleTokens(tokens)
    .map(({ value }) => value)
    .sort();
  return tokens.map((token) => {
    const place = places.indexOf(token.start);
    return place === -1 ? token : { ...token, text: names[place] ?? token.value };
  });
}

/** Grants made by somebody else are given as that role, since only a superuser may change who a session is. */
function actingAs(tokens: readonly Token[]): readonly Token[] {
  if (!(isWord(tokens[1], "session") && isWord(tokens[2], "authorization"))) return tokens;
  const role = tokens[3];
  const word = (text: string): Token => ({ kind: "word", text, value: text.toLowerCase(), start: 0, end: 0 });
  return role ? [word("SET"), word("LOCAL"), word("ROLE"), role] : [word("RESET"), word("ROLE")];
}

/** A table that inherits gets its parents' columns first, whatever their place was: so their order means nothing. */
function tableText(tokens: readonly Token[]): string {
  const open = tokens.findIndex((token) => isSymbol(token, "("));
  const parts: Token[][] = [[]];
  let depth = 0;
  let close = open;
  for (let index = open; index >= 0 && index < tokens.length; index++) {
    const token = tokens[index] as Token;
    if (isSymbol(token, ")")) depth -= 1;
    if (depth === 0 && index > open) {
      close = index;
      break;
    }
    if (depth === 1 && isSymbol(token, ",")) parts.push([]);
    else if (index > open) parts.at(-1)?.push(token);
    if (isSymbol(token, "(")) depth += 1;
  }
  if (!isWord(tokens[close + 1], "inherits")) return joined(tokens);
  const items = parts.map(joined).sort().join(" , ");
  return `${joined(tokens.slice(0, open + 1))} ${items} ${joined(tokens.slice(close))}`;
}
