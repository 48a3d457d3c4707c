import { type PlannedEntry, roleOf } from "./planned-entry";
import { indexesByTable, type StructureInput } from "./structure-units";
import type { Unit } from "./unit";

/** The oids of a foreign key's two tables, its own first; null where they cannot be told, or are partitioned. */
export function foreignKeyEnds({ entries, tables }: StructureInput): (key: PlannedEntry) => number[] | null {
  const tableOfIndex = new Map(
    entries.filter((entry) => roleOf(entry) === "index").map(({ id, tableOid }) => [id, tableOid]),
  );
  return (key) => {
    const referenced = key.dependencies.map((id) => tableOfIndex.get(id)).filter((oid) => oid !== undefined);
    const ends = [key.tableOid, ...referenced].filter((oid) => oid !== null && tables.has(oid)) as number[];
    return referenced.length === 0 || ends.length <= referenced.length ? null : ends;
  };
}

/**
 * The units after which a foreign key can be added: those that fill and index its two tables, since adding it locks
 * both against the making of an index. A partitioned table's indexes are hung together last of all.
 */
export function foreignKeyWaits(
  structure: StructureInput,
  indexes: Unit[],
  attaches: Unit[],
): (key: PlannedEntry) => string[] {
  const everything = [...indexes, ...attaches].map(({ id }) => id);
  const indexedBy = indexesByTable(indexes);
  const endsOf = foreignKeyEnds(structure);
  return (key) => {
    const ends = endsOf(key);
    if (!ends) return everything;
    return [...new Set(ends.flatMap((oid) => [...structure.filledBy(oid), ...(indexedBy.get(oid) ?? [])]))];
  };
}

/** Oid of each table to the units that lock it against ANALYZE, which would have a lane wait and do nothing. */
export function constraintsByTable(structure: StructureInput, units: Unit[]): Map<number, string[]> {
  const endsOf = foreignKeyEnds(structure);
  const own = ({ tableOid }: PlannedEntry) => (tableOid === null ? [] : [tableOid]);
  const endsById = new Map(structure.entries.map((entry) => [entry.id, endsOf(entry) ?? own(entry)]));
  const map = new Map<number, string[]>();
  for (const { id, payload } of units) {
    const statements = payload.kind === "constraint" ? payload.statements : [];
    const locked =
      payload.kind === "validate" ? [payload.table.oid] : statements.flatMap((each) => endsById.get(each.id) ?? []);
    for (const oid of new Set(locked)) map.set(oid, [...(map.get(oid) ?? []), id]);
  }
  return map;
}
