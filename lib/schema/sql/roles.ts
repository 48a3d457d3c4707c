import type { Statement } from "./statements";
import { isName, isSymbol, isWord, outside, type Token } from "./tokens";

/** Words that stand where a role may stand and are none. */
const NO_ROLE = new Set(["public", "current_user", "session_user", "current_role"]);

const isRole = (token: Token | undefined): token is Token =>
  isName(token) && (token.kind === "quoted" || !NO_ROLE.has(token.value));

/** Where a row security policy names the roles that it is for. */
export function policyRoleTokens(policy: readonly Token[]): Token[] {
  const tokens = outside(policy);
  const roles: Token[] = [];
  let at = tokens.findIndex((token) => isWord(token, "to")) + 1;
  while (at > 0 && isName(tokens[at])) {
    const token = tokens[at];
    if (isRole(token)) roles.push(token);
    at = isSymbol(tokens[at + 1], ",") ? at + 2 : 0;
  }
  return roles;
}

/** The roles that a GRANT, REVOKE, ALTER DEFAULT PRIVILEGES or SET SESSION AUTHORIZATION of pg_dump names. */
export function grantRoleTokens({ tokens }: Statement): Token[] {
  return tokens.filter((token, index) => {
    if (!isRole(token)) return false;
    const before = tokens[index - 1];
    return (
      isWord(before, "to", "from", "authorization") || (isWord(before, "role") && isWord(tokens[index - 2], "for"))
    );
  });
}
