import { isSymbol, isWord, type Token, tokenize } from "./tokens";

export interface Statement {
  /** Without the semicolon. */
  text: string;
  tokens: Token[];
}

/**
 * Cuts an entry's text at the semicolons between its statements; those of an SQL-standard body stay inside it.
 * Null when the text cannot be read.
 */
export function splitStatements(sql: string): Statement[] | null {
  const tokens = tokenize(sql);
  if (!tokens) return null;
  const statements: Statement[] = [];
  let current: Token[] = [];
  /** Of `BEGIN ATOMIC … END`, within which `CASE … END` may stand. */
  let depth = 0;
  const close = () => {
    const [first] = current;
    const last = current.at(-1);
    if (first && last) statements.push({ text: sql.slice(first.start, last.end), tokens: current });
    current = [];
  };
  tokens.forEach((token, index) => {
    if (isWord(token, "begin") && isWord(tokens[index + 1], "atomic")) depth += 1;
    else if (depth > 0 && isWord(token, "case")) depth += 1;
    else if (depth > 0 && isWord(token, "end")) depth -= 1;
    if (depth === 0 && isSymbol(token, ";")) close();
    else current.push(token);
  });
  close();
  return statements;
}
