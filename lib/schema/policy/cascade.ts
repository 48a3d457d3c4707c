import type { ArchiveEntry } from "../archive";
import { entryTitle, isRelation, isRemark, tableOf } from "../entry-facts";
import { isCarried, type Verdict } from "./context";
import { isRestrictive } from "./leave/role-policies";
import type { Lens } from "./lens";

/**
 * What needs something that is left out cannot come either. A table that needs it stops the import, since its rows
 * would be lost; so does a restrictive policy, without which more rows would be visible.
 */
export function cascade(verdicts: readonly Verdict[], lens: Lens): Verdict[] {
  const settled = new Map(verdicts.map((verdict) => [verdict.entry.id, verdict]));
  // A dependency may stand later in the list, as with views that read each other: so until nothing changes.
  for (let changed = true; changed; ) {
    changed = false;
    for (const verdict of settled.values()) {
      if (!isCarried(verdict.action)) continue;
      const missing = needsOf(verdict.entry, lens)
        .map((id) => settled.get(id))
        .find((needed) => needed !== undefined && !isCarried(needed.action));
      if (!missing) continue;
      settled.set(verdict.entry.id, leftBehind(verdict.entry, missing, tableOf(verdict.entry, lens.byId)));
      changed = true;
    }
  }
  return verdicts.map(({ entry }) => settled.get(entry.id)).filter((verdict) => verdict !== undefined);
}

/** Without its table's access method rows are stored as usual, and a moved schema's objects are elsewhere. */
function needsOf(entry: ArchiveEntry, { byId, context: { provider } }: Lens): number[] {
  return entry.dependencies.filter((id) => {
    const needed = byId.get(id);
    if (needed?.kind === "ACCESS METHOD") return !isRelation(entry);
    return !(needed?.kind === "SCHEMA" && provider?.movedSchemas[needed.name] !== undefined);
  });
}

function leftBehind(entry: ArchiveEntry, missing: Verdict, table: ArchiveEntry | null): Verdict {
  const partOf = isRemark(entry) || table?.id === missing.entry.id;
  const relation = partOf ? "belongs to" : "needs";
  const reason = `it ${relation} ${entryTitle(missing.entry)}, which is left out`;
  const stops = !partOf && (entry.kind === "TABLE" || (entry.kind === "POLICY" && isRestrictive(entry)));
  return { entry, action: stops ? "block" : "skip", statement: "", reason };
}
