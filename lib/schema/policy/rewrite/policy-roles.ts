import { quoteIdentifier } from "@/lib/postgres/quote";
import { policyRoleTokens } from "../../sql/roles";
import { applyEdits, outerTokens } from "../../sql/tokens";
import type { RewriteRule } from "./index";

/** Row security policies follow the mapping of roles. */
export const rewritePolicyRoles: RewriteRule = (statement, { kind }, { context: { ownership } }) => {
  if (kind !== "POLICY" || ownership.mode !== "map") return null;
  const edits = policyRoleTokens(outerTokens(statement)).flatMap(({ value, start, end }) => {
    const mapped = ownership.roles[value];
    return mapped === undefined ? [] : [{ start, end, text: quoteIdentifier(mapped) }];
  });
  return edits.length === 0 ? null : { statement: applyEdits(statement, edits) };
};
