import { quoteIdentifier } from "@/lib/postgres/quote";
import { applyEdits, isName, isSymbol, isWord, tokenize } from "../../sql/tokens";

import type { RewriteRule } from "./index";

type Moved = Readonly<Record<string, string>>;

/** Extensions that a provider keeps in a schema of its own go where they belong, and all that names them follows. */
export const moveSchemas: RewriteRule = (statement, { kind }, { context: { provider } }) => {
  const moved = provider?.movedSchemas ?? {};
  const wanted = movedStatement(statement, moved);
  if (wanted === statement) return null;
  if (kind !== "EXTENSION") return { statement: wanted };
  return { statement: wanted, reason: `it is moved out of a schema of ${provider?.name}` };
};

/** The statement with every name that is qualified by a moved schema qualified by the new one. */
export function movedStatement(statement: string, moved: Moved): string {
  if (Object.keys(moved).length === 0) return statement;
  const tokens = tokenize(statement) ?? [];
  const edits = tokens.flatMap((token, index) => {
    const to = isName(token) ? moved[token.value] : undefined;
    const names = isSymbol(tokens[index + 1], ".") || isWord(tokens[index - 1], "schema");
    return to !== undefined && names ? [{ start: token.start, end: token.end, text: plainName(to) }] : [];
  });
  return applyEdits(statement, edits);
}

/** The same for a tag, in which the types of arguments stand. */
export function movedName(name: string, moved: Moved): string {
  return Object.entries(moved).reduce((tag, [from, to]) => tag.replaceAll(`${from}.`, `${to}.`), name);
}

/** As pg_dump writes it: quoted only where it has to be. */
function plainName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoteIdentifier(name);
}
