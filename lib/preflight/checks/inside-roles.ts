import type { Ownership } from "@/lib/schema/policy/context";
import { rolePolicyLeaving } from "@/lib/schema/policy/leave/role-policies";
import { roleFor } from "@/lib/schema/policy/rewrite/grants";
import { canHandTo } from "@/lib/schema/policy/roles";
import type { RolesInUse } from "@/lib/source/facts/roles";
import { check, finding } from "../check";
import type { Finding } from "../finding";
import { scopeOf } from "../in-scope";
import { counted, someOf } from "../words";

/** Of the server itself, and the provider's own: nobody misses these. */
const isSystem = (role: string) => role.startsWith("pg_");

/** https://neon.com/docs/manage/roles */
const ROLES_ON_NEON = 500;

const namedRoles = ({ owners, grantees, defaultPrivileges }: RolesInUse, user: string): string[] =>
  [...new Set([...owners.map(({ role }) => role), ...grantees, ...defaultPrivileges])].filter(
    (role) => role !== user && !isSystem(role),
  );

const roles = check("inside.roles", ["roles", "server", "takes"], ({ roles: inUse, server, takes, options }) => {
  const ownership: Ownership = options.owners;
  const named = namedRoles(inUse, server.user);
  if (ownership.mode === "none") {
    if (named.length === 0) return [];
    const message = `Objects belong to, or are granted to, ${counted(named.length, "other role")} (${someOf(named)}). On the target the importing user owns everything, and grants are left out.`;
    const remedy = "Choose owners as on the source (--keep-owners), or map them (--map-owners), to carry them.";
    return [finding("inside.roles", "info", message, { remedy })];
  }
  if (!takes) return [];
  const wanted = [...new Set([server.user, ...named].map((role) => roleFor(role, ownership)))].filter(
    (role): role is string => role !== null && role !== takes.user,
  );
  const missing = wanted.filter((role) => !takes.roles.some(({ name }) => name === role));
  const findings: Finding[] = [];
  if (missing.length > 0 && takes.mayCreateRoles) {
    const message = `${counted(missing.length, "role")} will be created on the target, without a password and without the right to log in: ${someOf(missing)}.`;
    findings.push(finding("inside.roles", "info", message));
  }
  if (takes.isNeon && takes.roles.length + missing.length > ROLES_ON_NEON) {
    const message = `The target would have ${takes.roles.length + missing.length} roles, and Neon allows ${ROLES_ON_NEON} in a branch.`;
    const remedy = "Map roles to fewer others (--map-owners), or let the importing user own everything.";
    findings.push(finding("inside.role_limit", "block", message, { remedy }));
  }
  const refused = wanted.filter((role) => !canHandTo(role, { target: takes }));
  if (refused.length > 0) {
    const message = `User ${takes.user} may not act as ${someOf(refused)} on the target, so what they own there stays with ${takes.user}.`;
    const remedy = `Let an administrator create these roles on the target and make ${takes.user} a member, or map them to others.`;
    findings.push(finding("inside.owners", "warn", message, { remedy }));
  }
  return findings;
});

/** The policy decides by the same function: without its roles, a policy that forbids must not be missing. */
const policies = check("inside.policies", ["roles", "takes", "surroundings"], (context) => {
  const { takes, options } = context;
  if (!takes) return [];
  const isInScope = scopeOf(context);
  const findings = new Map<string, { severity: "block" | "warn"; titles: string[] }>();
  for (const { schema, table, name, roles: named, isRestrictive } of context.roles.policies) {
    if (!isInScope({ schema, name: table })) continue;
    const leaving = rolePolicyLeaving(named, isRestrictive, { target: takes, ownership: options.owners });
    if (!leaving) continue;
    const group = findings.get(leaving.reason) ?? {
      severity: leaving.action === "block" ? "block" : "warn",
      titles: [],
    };
    group.titles.push(`${name} on ${schema}.${table}`);
    findings.set(leaving.reason, group);
  }
  return [...findings].map(([reason, { severity, titles }]) => {
    const message = `Row security policy ${someOf(titles)} cannot come: ${reason}.`;
    const remedy = "Let an administrator create the role on the target first, or map it to one that is there.";
    return finding("inside.policies", severity, message, { subject: titles[0] ?? null, remedy });
  });
});

export const roleChecks = [roles, policies];
