import { isWord, tokenize } from "../../sql/tokens";
import { hasRole, type PolicyTarget } from "../context";
import { bestEffort, type LeaveRule, type Leaving, type Lens, skip } from "../lens";

/** Definitions of foreign servers and tables come along without passwords; whether they work is the target's matter. */
export const foreignRule: LeaveRule = (entry, lens) => {
  const { target, ownership } = lens.context;
  if (entry.kind === "SERVER" || entry.kind === "FOREIGN TABLE") {
    return foreignLeaving(target);
  }
  if (entry.kind !== "USER MAPPING") return null;
  const tokens = tokenize(entry.statement) ?? [];
  const server = tokens[tokens.findIndex((token) => isWord(token, "server")) + 1]?.value;
  // pg_dump does not say which server a mapping depends on.
  if (!mayHaveServer(server, lens)) return skip(`it belongs to server ${server}, which is left out`);
  const role = tokens[tokens.findIndex((token) => isWord(token, "for")) + 1];
  const known = isWord(role, "public") || (role !== undefined && hasRole(target, role.value));
  return known || ownership.mode === "keep"
    ? bestEffort("its password is not carried")
    : skip(`role ${role?.value ?? "?"} does not exist on the target`);
};

/** Of a foreign server, and of a table there. */
export const foreignLeaving = ({ isSuperuser }: PolicyTarget): Leaving | null =>
  isSuperuser ? null : bestEffort("using a foreign data wrapper may need a grant on the target");

function mayHaveServer(name: string | undefined, { byId, context: { target } }: Lens): boolean {
  const server = [...byId.values()].find((entry) => entry.kind === "SERVER" && entry.name === name);
  const ownWrapper = server?.dependencies.some((id) => byId.get(id)?.kind === "FOREIGN DATA WRAPPER");
  return target.isSuperuser || !ownWrapper;
}
