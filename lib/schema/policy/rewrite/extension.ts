import { quoteIdentifier } from "@/lib/postgres/quote";
import { isWord, outerTokens } from "../../sql/tokens";
import type { RewriteRule } from "./index";

/** An extension goes to its schema on the source, unless that is one its provider made for extensions. */
export const rewriteExtension: RewriteRule = (statement, { kind, name }, { context }) => {
  if (kind !== "EXTENSION") return null;
  const tokens = outerTokens(statement);
  const schema = tokens[tokens.findIndex((token) => isWord(token, "schema")) + 1];
  const { installed, defaultVersion } = context.target.extensions.find((one) => one.name === name) ?? {};
  const notes: string[] = [];

  const version = context.sourceExtensions?.find((one) => one.name === name)?.version;
  const available = installed?.version ?? defaultVersion;
  if (version && available && version !== available) notes.push(`version ${version} on the source, ${available} here`);

  let wanted = statement;
  if (installed && schema && installed.schema !== schema.value) {
    wanted = `ALTER EXTENSION ${quoteIdentifier(name)} SET SCHEMA ${schema.text};`;
    notes.push(`it is moved from schema ${installed.schema}, where the target had it`);
  }
  if (wanted === statement && notes.length === 0) return null;
  return { statement: wanted, ...(notes.length > 0 ? { reason: notes.join("; ") } : {}) };
};
