import { quoteIdentifier } from "@/lib/postgres/quote";
import { isAboutDatabase } from "../../entry-facts";
import { HIDDEN_LITERAL } from "../../secrets";
import { type Statement, splitStatements } from "../../sql/statements";
import { isName, isWord } from "../../sql/tokens";
import type { PolicyContext } from "../context";
import { canHandTo } from "../roles";
import { settingRefusal } from "../setting-refusal";
import type { RewriteRule } from "./index";

/**
 * What is said about the database itself, which has another name on the target. Settings come along where the target
 * takes them; those of a role within the database are the role's, and come along where roles do.
 */
export const rewriteDatabaseName: RewriteRule = (statement, entry, { context }) => {
  if (!isAboutDatabase(entry)) return null;
  const statements = splitStatements(statement) ?? [];
  const reasons = new Set<string>();
  const kept = statements.flatMap((one) => {
    // A template or a connection limit is a matter of the server that the database is on.
    if (one.tokens.some((token) => isWord(token, "is_template", "connection"))) return [];
    const refusal = refusalOf(one, context);
    if (refusal) reasons.add(refusal);
    return refusal ? [] : [`${renamed(one, context.target.database)};`];
  });
  return { statement: kept.join("\n"), ...(reasons.size > 0 ? { reason: [...reasons].join("; ") } : {}) };
};

function refusalOf(statement: Statement, context: PolicyContext): string | null {
  const { target, ownership } = context;
  const { tokens } = statement;
  const role = isWord(tokens[1], "role") ? tokens[2]?.value : undefined;
  if (role !== undefined && !(ownership.mode === "keep" && canHandTo(role, context))) {
    return `settings of role ${role} are left out`;
  }
  const setting = settingOf(statement);
  if (setting === null) return null;
  return tokens.some((token) => token.text === HIDDEN_LITERAL)
    ? `setting ${setting} is left out: it may hold a secret`
    : settingRefusal(setting, target);
}

function settingOf({ tokens }: Statement): string | null {
  const set = tokens.findIndex((token) => isWord(token, "set"));
  const name = tokens[set + 1];
  return set > 0 && isName(name) ? name.value : null;
}

function renamed({ text, tokens }: Statement, database: string): string {
  const offset = tokens[0]?.start ?? 0;
  const name = tokens[tokens.findIndex((token) => isWord(token, "database")) + 1];
  if (!isName(name)) return text;
  return text.slice(0, name.start - offset) + quoteIdentifier(database) + text.slice(name.end - offset);
}
