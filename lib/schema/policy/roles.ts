import { quoteIdentifier } from "@/lib/postgres/quote";
import { addedEntry } from "../added-entry";
import type { ArchiveEntry } from "../archive";
import { grantRoleTokens, policyRoleTokens } from "../sql/roles";
import { splitStatements } from "../sql/statements";
import { outerTokens } from "../sql/tokens";
import { isCarried, type PolicyContext, type Verdict } from "./context";
import { roleFor } from "./rewrite/grants";

/** Ids of entries that the policy adds: pg_dump's own are positive. */
const ROLE_ENTRY_ID = -1_000_000;

interface Wish {
  statement: string;
  reason: string;
}

/**
 * The roles that owners, grants and row security policies name. Those that the target lacks are created first,
 * without the right to log in. The importing role joins owners, since only a member may hand objects over.
 */
export function roleVerdicts(verdicts: readonly Verdict[], context: PolicyContext): Verdict[] {
  const wishes = new Map<string, Wish>();
  for (const { entry, action } of verdicts) {
    if (!isCarried(action)) continue;
    const owner = entry.owner === null ? null : roleFor(entry.owner, context.ownership);
    if (owner !== null) wish(wishes, owner, "it owns what is imported", context);
  }
  for (const { entry, action, statement } of verdicts) {
    if (!isCarried(action)) continue;
    for (const role of namedRoles(entry, statement)) wish(wishes, role, "a grant or a policy names it", context, true);
  }
  return [...wishes].map(([name, { statement, reason }], index) => {
    const entry = addedEntry({ id: ROLE_ENTRY_ID + index, kind: "ROLE", name, statement });
    return { entry, action: "apply", statement, reason };
  });
}

function wish(
  wishes: Map<string, Wish>,
  role: string,
  reason: string,
  { target }: PolicyContext,
  onlyNamed = false,
): void {
  if (wishes.has(role)) return;
  const quoted = quoteIdentifier(role);
  const join = `GRANT ${quoted} TO CURRENT_USER;`;
  const membership = target.roles.find(({ name }) => name === role)?.membership;
  if (membership === undefined && target.mayCreateRoles) {
    wishes.set(role, { statement: `CREATE ROLE ${quoted} NOLOGIN;\n${join}`, reason });
  } else if (membership === "possible" && !onlyNamed) wishes.set(role, { statement: join, reason });
}

/** True when the importing role is, or will be, allowed to hand an object over to that role. */
export function canHandTo(role: string, { target }: Pick<PolicyContext, "target">): boolean {
  const found = target.roles.find(({ name }) => name === role);
  return found ? found.membership !== "none" : target.mayCreateRoles;
}

function namedRoles({ kind }: ArchiveEntry, statement: string): string[] {
  if (kind === "POLICY") return policyRoleTokens(outerTokens(statement)).map(({ value }) => value);
  if (kind !== "ACL" && kind !== "DEFAULT ACL") return [];
  return (splitStatements(statement) ?? []).flatMap((one) => grantRoleTokens(one).map(({ value }) => value));
}
