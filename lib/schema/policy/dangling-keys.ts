import type { ArchiveEntry } from "../archive";
import { type EntriesById, entryTitle, tableOf } from "../entry-facts";

/**
 * Why a foreign key stays behind though both of its tables come: rows that come would refer to rows that do not. Null
 * for everything else. Pure.
 */
export function danglingKey(entry: ArchiveEntry, byId: EntriesById, emptied: ReadonlySet<number>): string | null {
  if (entry.kind !== "FK CONSTRAINT") return null;
  const own = tableOf(entry, byId);
  if (own && emptied.has(own.id)) return null;
  // It depends on the key that it refers to, which hangs on the table.
  const referred = entry.dependencies
    .map((id) => byId.get(id))
    .map((needed) => needed && (tableOf(needed, byId) ?? needed))
    .find((table) => table !== undefined && table !== null && emptied.has(table.id));
  return referred ? `it refers to ${entryTitle(referred)}, whose rows stay behind` : null;
}
