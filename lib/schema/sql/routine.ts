import { isSymbol, isWord, outerTokens, type Token } from "./tokens";

export interface RoutineFacts {
  language: string | null;
  /** The word LEAKPROOF, where it stands. */
  leakproof: Token | null;
  /** `SET name TO value` clauses: the setting, and the clause's place. */
  settings: { name: string; start: number; end: number }[];
}

/** Reads the head of CREATE FUNCTION or PROCEDURE as pg_dump writes it: everything before its body. */
export function routineFacts(statement: string): RoutineFacts {
  const facts: RoutineFacts = { language: null, leakproof: null, settings: [] };
  const head = routineHead(statement);
  head.forEach((token, index) => {
    const following = head[index + 1];
    // The second part of a type's name is none of these words either.
    if (isSymbol(head[index - 1], ".")) return;
    if (isWord(token, "language") && following) facts.language = following.value;
    if (isWord(token, "leakproof") && !isWord(head[index - 1], "not")) facts.leakproof ??= token;
    if (isWord(token, "set") && following) {
      const clause = settingClause(head, index);
      facts.settings.push({ name: clause.name, start: token.start, end: clause.end });
    }
  });
  return facts;
}

/** What stands between the parameters and the body: neither a name nor a default can be taken for an option. */
function routineHead(statement: string): Token[] {
  const outer = outerTokens(statement);
  const close = outer.findIndex((token) => isSymbol(token, ")"));
  const after = outer.slice(close + 1);
  const body = after.findIndex((token) => isWord(token, "as", "begin", "return"));
  return body === -1 ? after : after.slice(0, body);
}

/** `SET a.b TO 'x', 'y'`: a value is a word or string, and a comma asks for another. */
function settingClause(head: readonly Token[], at: number): { name: string; end: number } {
  const to = head.findIndex((token, index) => index > at && isWord(token, "to"));
  const name = head
    .slice(at + 1, to)
    .map((token) => token.value)
    .join("");
  let last = to + 1;
  while (isSymbol(head[last + 1], ",")) last += 2;
  return { name, end: head[last]?.end ?? head[at]?.end ?? 0 };
}
