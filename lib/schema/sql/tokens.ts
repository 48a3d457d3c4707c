/** A piece of SQL text. `value` of an identifier is its name as the server knows it. */
export interface Token {
  kind: "word" | "quoted" | "string" | "symbol";
  text: string;
  value: string;
  start: number;
  end: number;
}

// Letters beyond ASCII are letters to Postgres, whatever they are.
const WORD = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const NUMBER = /[0-9][0-9A-Za-z_.$\u0080-\uffff]*/y;
const QUOTED = /"(?:[^"]|"")*"/y;
const STRING = /'(?:[^']|'')*'/y;
const ESCAPE_STRING = /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/y;
const OPENS_ESCAPE_STRING = /^[eE]'/;
const PREFIXED_STRING = /(?:[bBxXnN]|[uU]&)'(?:[^']|'')*'/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const LINE_COMMENT = /--[^\n]*/y;
const SPACE = /\s+/y;

function match(pattern: RegExp, sql: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? null;
}

/**
 * Cuts SQL as pg_dump writes it (standard strings) into tokens, without spaces and comments. Null when a quote is
 * left open: such text is nothing to draw conclusions from.
 */
export function tokenize(sql: string): Token[] | null {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const skipped = match(SPACE, sql, at) ?? match(LINE_COMMENT, sql, at);
    if (skipped) {
      at += skipped.length;
      continue;
    }
    const token = next(sql, at);
    if (!token) return null;
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function next(sql: string, at: number): Token | null {
  const make = (kind: Token["kind"], text: string, value = text): Token => ({
    kind,
    text,
    value,
    start: at,
    end: at + text.length,
  });
  const string = match(ESCAPE_STRING, sql, at) ?? match(PREFIXED_STRING, sql, at) ?? match(STRING, sql, at);
  if (string) return make("string", string);
  if (OPENS_ESCAPE_STRING.test(sql.slice(at, at + 2))) return null;
  const quoted = match(QUOTED, sql, at);
  if (quoted) return make("quoted", quoted, quoted.slice(1, -1).replaceAll('""', '"'));
  const word = match(WORD, sql, at);
  if (word) return make("word", word, word.toLowerCase());
  const number = match(NUMBER, sql, at);
  if (number) return make("symbol", number);
  const tag = match(DOLLAR_TAG, sql, at);
  if (tag) {
    const close = sql.indexOf(tag, at + tag.length);
    return close === -1 ? null : make("string", sql.slice(at, close + tag.length));
  }
  const symbol = sql[at] ?? "";
  return symbol === '"' || symbol === "'" ? null : make("symbol", symbol);
}

export const isName = (token: Token | undefined): token is Token =>
  token !== undefined && (token.kind === "word" || token.kind === "quoted");

/** True for an unquoted word, whatever its case. */
export const isWord = (token: Token | undefined, ...words: string[]): boolean =>
  token?.kind === "word" && words.includes(token.value);

export const isSymbol = (token: Token | undefined, symbol: string): boolean =>
  token?.kind === "symbol" && token.text === symbol;

/** The tokens outside of parentheses, with the parentheses themselves. */
export function outside(tokens: readonly Token[]): Token[] {
  let depth = 0;
  return tokens.filter((token) => {
    if (isSymbol(token, ")")) depth -= 1;
    const found = depth === 0;
    if (isSymbol(token, "(")) depth += 1;
    return found;
  });
}

/** The same of a text; none when it cannot be read. */
export const outerTokens = (sql: string): Token[] => outside(tokenize(sql) ?? []);

export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** The text with pieces replaced. The edits may come in any order and must not overlap. */
export function applyEdits(sql: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, text } of [...edits].sort((left, right) => left.start - right.start)) {
    result += sql.slice(at, start) + text;
    at = end;
  }
  return result + sql.slice(at);
}
