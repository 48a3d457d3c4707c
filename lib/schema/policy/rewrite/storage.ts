import { quoteIdentifier, quoteQualified } from "@/lib/postgres/quote";
import type { ArchiveEntry } from "../../archive";
import type { Lens } from "../lens";
import type { RewriteRule } from "./index";

const DEFAULT_METHOD = "heap";

/**
 * Tablespaces stay behind: a disk of the source means nothing on the target. A table access method comes along where
 * the target has it.
 */
export const chooseStorage: RewriteRule = (statement, entry, lens) => {
  const reasons: string[] = [];
  if (entry.tablespace) reasons.push(`tablespace ${entry.tablespace} is left out`);
  const method = entry.accessMethod;
  let wanted = statement;
  if (method && method !== DEFAULT_METHOD) {
    if (isThere(method, entry, lens)) wanted = withAccessMethod(statement, entry);
    else reasons.push(`table access method ${method} is not there, so rows are stored as usual`);
  }
  if (reasons.length === 0 && wanted === statement) return null;
  return { statement: wanted, ...(reasons.length > 0 ? { reason: reasons.join("; ") } : {}) };
};

/** True when the target has it, or gets it from an entry before this one. */
function isThere(method: string, entry: ArchiveEntry, { byId, context: { target } }: Lens): boolean {
  if (target.accessMethods.includes(method)) return true;
  const needed = entry.dependencies.map((id) => byId.get(id));
  return needed.some(
    (found) =>
      (found?.kind === "ACCESS METHOD" && target.isSuperuser) ||
      (found?.kind === "EXTENSION" && target.extensions.some(({ name }) => name === found.name)),
  );
}

/** The statement so that its table is stored as on the source; unchanged where that is the usual way. */
export function withAccessMethod(statement: string, entry: ArchiveEntry): string {
  const { schema, name, relationKind, accessMethod } = entry;
  if (!accessMethod || accessMethod === DEFAULT_METHOD) return statement;
  const method = quoteIdentifier(accessMethod);
  // A partitioned table stores nothing itself: it only hands its method down.
  if (relationKind === "p") {
    return `${statement}\nALTER TABLE ${quoteQualified(schema ?? "public", name)} SET ACCESS METHOD ${method};`;
  }
  return [
    `SET LOCAL default_table_access_method = ${method};`,
    statement,
    `SET LOCAL default_table_access_method = ${DEFAULT_METHOD};`,
  ].join("\n");
}
