import type { ArchiveEntry } from "../../archive";
import { policyRoleTokens } from "../../sql/roles";
import { isWord, outerTokens } from "../../sql/tokens";
import { hasRole, type PolicyContext } from "../context";
import { block, type LeaveRule, type Leaving, skip } from "../lens";

export const isRestrictive = ({ statement }: ArchiveEntry): boolean =>
  outerTokens(statement).some((token) => isWord(token, "restrictive"));

/** A policy's roles are created where that is allowed. Without them, only one that lets more be seen may be missing. */
export const rolePolicyRule: LeaveRule = (entry, { context }) => {
  if (entry.kind !== "POLICY") return null;
  const roles = policyRoleTokens(outerTokens(entry.statement)).map(({ value }) => value);
  return rolePolicyLeaving(roles, isRestrictive(entry), context);
};

/** The decision itself, which the checks before an import speak of too. */
export function rolePolicyLeaving(
  roles: readonly string[],
  restrictive: boolean,
  { target, ownership }: Pick<PolicyContext, "target" | "ownership">,
): Leaving | null {
  if (target.mayCreateRoles) return null;
  const mapped = ownership.mode === "map" ? ownership.roles : {};
  const missing = roles.map((role) => mapped[role] ?? role).filter((role) => !hasRole(target, role));
  if (missing.length === 0) return null;
  const reason = `it is for role ${missing.join(", ")}, which the target lacks and this role may not create`;
  return restrictive ? block(`${reason}; without it more rows would be visible`) : skip(reason);
}
