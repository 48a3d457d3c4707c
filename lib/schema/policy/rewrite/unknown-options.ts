import { type Statement, splitStatements } from "../../sql/statements";
import { isSymbol, isWord, type Token } from "../../sql/tokens";
import type { RewriteRule, Rewriting } from "./index";

interface OptionRule {
  /** First version that refuses it. */
  refusedFrom: number;
  /** A person need not know of options that were never theirs. */
  reason?: string;
}

/**
 * Options that one server stores and another refuses. The private ones are a server's notes to itself, which its
 * own pg_dump hides and another pg_dump does not know; more may come, and belong here.
 */
const OPTIONS: ReadonlyMap<string, OptionRule> = new Map([
  ["pg_attver", { refusedFrom: 0 }],
  [
    "vacuum_cleanup_index_scale_factor",
    { refusedFrom: 140_000, reason: "option vacuum_cleanup_index_scale_factor is no longer known" },
  ],
]);
const MENTIONED = new RegExp([...OPTIONS.keys()].join("|"));

/** Takes such options out of `SET (…)` and `WITH (…)`; a statement that sets nothing else goes as a whole. */
export const dropUnknownOptions: RewriteRule = (statement, _entry, { context: { target } }) =>
  withoutRefusedOptions(statement, target.versionNumber);

/** The statement as a server of that version takes it, or null where there is nothing to take out. */
export function withoutRefusedOptions(statement: string, versionNumber: number): Rewriting | null {
  if (!MENTIONED.test(statement)) return null;
  const statements = splitStatements(statement);
  if (!statements) return null;
  const reasons = new Set<string>();
  const refused = (name: string) => {
    const rule = OPTIONS.get(name);
    if (!rule || versionNumber < rule.refusedFrom) return false;
    if (rule.reason) reasons.add(rule.reason);
    return true;
  };
  const kept = statements.map((one) => withoutOptions(one, refused));
  if (kept.every((text, index) => text === statements[index]?.text)) return null;
  const reason = reasons.size > 0 ? { reason: [...reasons].join("; ") } : {};
  const left = kept.filter((text) => text !== "");
  return { statement: left.map((text) => `${text};`).join("\n"), ...reason };
}

/** The statement without the refused options; empty when its only purpose was to set them. */
function withoutOptions({ text, tokens }: Statement, refused: (name: string) => boolean): string {
  const offset = tokens[0]?.start ?? 0;
  const list = optionList(tokens);
  if (!list) return text;
  const kept = list.options.filter(([name]) => !(name && refused(name.value)));
  if (kept.length === list.options.length) return text;
  const before = (at: number) => (tokens[at]?.start ?? 0) - offset;
  const close = (tokens[list.close]?.end ?? 0) - offset;
  if (kept.length > 0) {
    const options = kept.map((option) =>
      text.slice((option[0]?.start ?? 0) - offset, (option.at(-1)?.end ?? 0) - offset),
    );
    return `${text.slice(0, before(list.open) + 1)}${options.join(", ")}${text.slice(close - 1)}`;
  }
  // `SET ()` would be refused, and so would `WITH ()`.
  return isWord(tokens[list.open - 1], "set") ? "" : text.slice(0, before(list.open - 1)).trimEnd() + text.slice(close);
}

/** The parenthesis after the statement's SET or WITH, cut at its commas. */
function optionList(tokens: readonly Token[]): { open: number; close: number; options: Token[][] } | null {
  let depth = 0;
  const start = tokens.findIndex((token, index) => {
    if (isSymbol(token, ")")) depth -= 1;
    const found = depth === 0 && isSymbol(token, "(") && isWord(tokens[index - 1], "set", "with");
    if (isSymbol(token, "(")) depth += 1;
    return found;
  });
  if (start === -1) return null;
  const close = tokens.findIndex((token, index) => index > start && isSymbol(token, ")"));
  const options: Token[][] = [[]];
  for (const token of tokens.slice(start + 1, close)) {
    if (isSymbol(token, ",")) options.push([]);
    else options.at(-1)?.push(token);
  }
  return { open: start, close, options };
}
