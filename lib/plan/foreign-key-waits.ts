import { type PlannedEntry, roleOf } from "./planned-entry";
import { indexesByTable, type StructureInput } from "./structure-units";
import type { Unit } from "./unit";

/**
 * The units after which a foreign key can be added: those that fill and index its two tables, since adding it locks
 * both against the making of an index. A partitioned table's indexes are hung together last of all.
 */
export function foreignKeyWaits(
  { entries, tables, filledBy }: StructureInput,
  indexes: Unit[],
  attaches: Unit[],
): (key: PlannedEntry) => string[] {
  const everything = [...indexes, ...attaches].map(({ id }) => id);
  const indexedBy = indexesByTable(indexes);
  const tableOfIndex = new Map(
    entries.filter((entry) => roleOf(entry) === "index").map(({ id, tableOid }) => [id, tableOid]),
  );
  return (key) => {
    const referenced = key.dependencies.map((id) => tableOfIndex.get(id)).filter((oid) => oid !== undefined);
    const ends = [key.tableOid, ...referenced].filter((oid) => oid !== null && tables.has(oid)) as number[];
    // One that cannot be told, or is partitioned: then all there is comes first.
    if (referenced.length === 0 || ends.length <= referenced.length) return everything;
    return [...new Set(ends.flatMap((oid) => [...filledBy(oid), ...(indexedBy.get(oid) ?? [])]))];
  };
}
