import type { ArchiveEntry } from "../../archive";
import { isName, isWord, outerTokens } from "../../sql/tokens";
import type { PolicyContext } from "../context";
import { type LeaveRule, skip } from "../lens";
import { roleFor } from "../rewrite/grants";
import { canHandTo } from "../roles";

const GRANTS = new Set(["ACL", "ACL LANGUAGE", "DEFAULT ACL"]);

/** Grants come along only where owners do. */
export const grantRule: LeaveRule = (entry, { context }) => {
  if (!GRANTS.has(entry.kind)) return null;
  if (context.ownership.mode === "none") return skip("grants are left out: the importing role owns everything");
  if (entry.schema === "pg_catalog" && !context.target.isSuperuser) {
    return skip("grants on system objects need a superuser on the target");
  }
  const stranger = entry.kind === "DEFAULT ACL" ? strangerOf(entry, context) : null;
  return stranger === null ? null : skip(`${context.target.user} may not act as ${stranger} on the target`);
};

/** The role whose default privileges these are, where the importing role may not change them. */
function strangerOf({ statement }: ArchiveEntry, context: PolicyContext): string | null {
  const tokens = outerTokens(statement);
  const at = tokens.findIndex((token, index) => isWord(token, "role") && isWord(tokens[index - 1], "for"));
  const named = tokens[at + 1];
  if (at === -1 || !isName(named)) return null;
  const role = roleFor(named.value, context.ownership);
  return role === null || canHandTo(role, context) ? null : role;
}
