import { isName, isSymbol, isWord, outside, type Token } from "../sql/tokens";

/** What may follow the FROM clause of a query. */
const AFTER_FROM = ["where", "group", "having", "window", "order", "limit", "offset", "fetch", "for", "with"];
const SEVERAL = ["join", "cross", "natural", "union", "intersect", "except"];

/**
 * A query over a single relation names its columns with the relation before version 16 and without since. Takes such
 * qualifiers out of the outermost query; within sub-queries every version writes them.
 */
export function withoutNeedlessQualifiers(tokens: readonly Token[]): Token[] {
  const query = queryStart(tokens);
  const alias = query === -1 ? null : soleAlias(tokens, query);
  if (alias === null) return [...tokens];
  const subQueries: boolean[] = [];
  return tokens.filter((token, index) => {
    if (isSymbol(token, "(")) subQueries.push(isWord(tokens[index + 1], "select", "values", "with", "table"));
    if (isSymbol(token, ")")) subQueries.pop();
    if (index <= query || subQueries.includes(true)) return true;
    const [first, dot] = isSymbol(token, ".") ? [index - 1, index] : [index, index + 1];
    return !isNeedless(tokens, first, dot, alias) || (subQueries.length === 0 && isOfFromClause(tokens[first - 1]));
  });
}

/** `alias . column`, and neither part of a longer name nor the schema of a function or an operator. */
function isNeedless(tokens: readonly Token[], first: number, dot: number, alias: string): boolean {
  const name = tokens[first];
  if (!isName(name) || name.value !== alias || !isSymbol(tokens[dot], ".")) return false;
  const before = tokens[first - 1];
  const afterColumn = tokens[dot + 2];
  return !isSymbol(before, ":") && !isSymbol(before, ".") && !isSymbol(afterColumn, "(") && !isOperator(tokens, first);
}

/** Between parentheses FROM belongs to a function: `extract(year from t.at)`. */
const isOfFromClause = (before: Token | undefined): boolean => isWord(before, "from", "only");

const isOperator = (tokens: readonly Token[], first: number): boolean =>
  isSymbol(tokens[first - 1], "(") && isWord(tokens[first - 2], "operator");

/** The outermost SELECT: after the view's AS and its common table expressions. */
function queryStart(tokens: readonly Token[]): number {
  let depth = 0;
  return tokens.findIndex((token) => {
    if (isSymbol(token, ")")) depth -= 1;
    const found = depth === 0 && isWord(token, "select");
    if (isSymbol(token, "(")) depth += 1;
    return found;
  });
}

/** The name of the query's only relation, or null where there is none or more than one. */
function soleAlias(tokens: readonly Token[], query: number): string | null {
  const outer = outside(tokens.slice(query));
  if (outer.some((token) => isWord(token, ...SEVERAL))) return null;
  const from = outer.findIndex((token) => isWord(token, "from"));
  if (from === -1) return null;
  const rest = outer.slice(from + 1);
  const end = rest.findIndex((token, at) => isWord(token, ...AFTER_FROM) && !isWord(rest[at + 1], "ordinality"));
  const item = end === -1 ? rest : rest.slice(0, end);
  if (item.some((token) => isSymbol(token, ","))) return null;
  const sample = item.findIndex((token) => isWord(token, "tablesample"));
  const named = sample === -1 ? item : item.slice(0, sample);
  const names = named.filter((token) => isName(token) && !isWord(token, "only", "with", "ordinality"));
  return names.at(-1)?.value ?? null;
}
