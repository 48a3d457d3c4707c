import type { ArchiveEntry } from "../../archive";
import { policyRoleTokens } from "../../sql/roles";
import { isWord, outerTokens } from "../../sql/tokens";
import { hasRole } from "../context";
import { block, type LeaveRule, skip } from "../lens";

export const isRestrictive = ({ statement }: ArchiveEntry): boolean =>
  outerTokens(statement).some((token) => isWord(token, "restrictive"));

/** A policy's roles are created where that is allowed. Without them, only one that lets more be seen may be missing. */
export const rolePolicyRule: LeaveRule = (entry, { context: { target, ownership } }) => {
  if (entry.kind !== "POLICY" || target.mayCreateRoles) return null;
  const mapped = ownership.mode === "map" ? ownership.roles : {};
  const missing = policyRoleTokens(outerTokens(entry.statement))
    .map(({ value }) => mapped[value] ?? value)
    .filter((role) => !hasRole(target, role));
  if (missing.length === 0) return null;
  const reason = `it is for role ${missing.join(", ")}, which the target lacks and this role may not create`;
  return isRestrictive(entry) ? block(`${reason}; without it more rows would be visible`) : skip(reason);
};
