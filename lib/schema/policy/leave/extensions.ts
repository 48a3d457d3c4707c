import type { ArchiveEntry } from "../../archive";
import { entryTitle, isRemark } from "../../entry-facts";
import type { PolicyTarget } from "../context";
import { block, fewOf, type LeaveRule, type Lens, skip } from "../lens";

/** An extension that the target cannot have is left out when nothing uses it, and stops the import otherwise. */
export const extensionRule: LeaveRule = (entry, lens) => {
  if (entry.kind !== "EXTENSION") return null;
  const why = extensionRefusal(entry.name, lens.context.target);
  if (!why) return null;
  const users = usersOf(entry, lens);
  return users.length === 0
    ? skip(`${why}; nothing in the definitions uses it`)
    : block(`${why}, and it is needed by ${fewOf(users.map(entryTitle))}`);
};

/** Why the target cannot have an extension, or null where it can. */
export function extensionRefusal(name: string, target: PolicyTarget): string | null {
  const extension = target.extensions.find((candidate) => candidate.name === name);
  if (!extension) return "the target does not offer this extension";
  if (extension.installed || extension.trusted || target.isSuperuser || target.isNeon) return null;
  return "on the target only a superuser may create this extension";
}

function usersOf(entry: ArchiveEntry, { dependents, context: { provider } }: Lens): ArchiveEntry[] {
  return (dependents.get(entry.id) ?? []).filter(
    (user) => !isRemark(user) && !(user.schema !== null && provider?.schemas.includes(user.schema)),
  );
}
