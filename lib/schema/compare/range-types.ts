import { isSymbol, isWord, type Token } from "../sql/tokens";

/**
 * Servers before version 14 have no multiranges, and the target then names one by itself. Takes the name out where
 * it is the one that the server would choose.
 */
export function withoutDefaultMultirange(tokens: readonly Token[]): Token[] {
  const at = tokens.findIndex((token) => isWord(token, "multirange_type_name"));
  if (at === -1) return [...tokens];
  const open = tokens.findIndex((token) => isSymbol(token, "("));
  const end = tokens.findIndex((token, index) => index > at && (isSymbol(token, ",") || isSymbol(token, ")")));
  const range = tokens.slice(0, open).findLast((token) => !isWord(token, "as", "range"));
  const multirange = tokens[end - 1];
  if (!range || multirange?.value !== defaultMultirange(range.value)) return [...tokens];
  // With the comma before it, or after it where it stands first.
  return isSymbol(tokens[at - 1], ",")
    ? [...tokens.slice(0, at - 1), ...tokens.slice(end)]
    : [...tokens.slice(0, at), ...tokens.slice(isSymbol(tokens[end], ",") ? end + 1 : end)];
}

const defaultMultirange = (range: string): string =>
  range.includes("range") ? range.replace("range", "multirange") : `${range}_multirange`;
