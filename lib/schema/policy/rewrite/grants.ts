import { quoteIdentifier } from "@/lib/postgres/quote";
import { grantRoleTokens } from "../../sql/roles";
import { type Statement, splitStatements } from "../../sql/statements";
import { applyEdits, isWord, type Token } from "../../sql/tokens";
import type { Ownership } from "../context";
import type { RewriteRule } from "./index";

const GRANTS = new Set(["ACL", "ACL LANGUAGE", "DEFAULT ACL"]);
/** Grants to roles that are mapped follow them, all others are left out; `keep` leaves them as they are. */
export const rewriteGrants: RewriteRule = (statement, { kind }, { context: { ownership } }) => {
  if (!GRANTS.has(kind) || ownership.mode === "none") return null;
  const namesIgnored = ownership.ignored?.some((role) => statement.includes(role));
  if (ownership.mode === "keep" && !namesIgnored && !/^SET SESSION AUTHORIZATION /m.test(statement)) return null;
  const statements = splitStatements(statement) ?? [];
  const left = new Set<string>();
  const kept = statements.flatMap((one) => {
    const roles = grantRoleTokens(one);
    const unmapped = roles.filter(({ value }) => roleFor(value, ownership) === null);
    for (const { value } of unmapped) left.add(value);
    return unmapped.length > 0 ? [] : [`${asCurrentSession(one, roles, ownership)};`];
  });
  const reason = left.size > 0 ? { reason: `grants that name ${[...left].join(", ")} are left out` } : {};
  return { statement: kept.join("\n"), ...reason };
};

/** The role on the target, or null where it is left out. */
export function roleFor(role: string, ownership: Ownership): string | null {
  if (ownership.ignored?.includes(role)) return null;
  switch (ownership.mode) {
    case "none":
      return null;
    case "keep":
      return role;
    case "map":
      return ownership.roles[role] ?? null;
  }
}

/** Only a superuser may change who a session is; a member of a role may act as it. */
function asCurrentSession({ text, tokens }: Statement, roles: readonly Token[], ownership: Ownership): string {
  const renamed = ({ value, text: written }: Token) => {
    const role = roleFor(value, ownership) ?? value;
    return role === value ? written : quoteIdentifier(role);
  };
  if (isWord(tokens[1], "session") && isWord(tokens[2], "authorization")) {
    const [role] = roles;
    return role ? `SET LOCAL ROLE ${renamed(role)}` : "RESET ROLE";
  }
  const offset = tokens[0]?.start ?? 0;
  const edits = roles.map((role) => ({ start: role.start - offset, end: role.end - offset, text: renamed(role) }));
  return applyEdits(text, edits);
}
