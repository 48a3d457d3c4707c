import type { ArchiveEntry } from "../archive";
import { type EntriesById, isRelation, tableOf } from "../entry-facts";
import type { SchemaFilter } from "./context";

/** Ids of the relations that were chosen, and of those that were said to stay behind. */
export interface ChosenRelations {
  chosen: ReadonlySet<number>;
  excluded: ReadonlySet<number>;
}

export function chooseRelations(
  entries: readonly ArchiveEntry[],
  byId: EntriesById,
  { schemas, tables, excludeTables }: SchemaFilter,
): ChosenRelations {
  const named = (list: SchemaFilter["tables"]) => relationsNamed(entries, byId, list);
  const excluded = withSequences(named(excludeTables), entries, byId);
  const listed = named(tables);
  const everything = schemas.length + tables.length === 0;
  const chosen = entries.filter(
    (entry) =>
      isRelation(entry) &&
      !excluded.has(entry.id) &&
      (everything || listed.has(entry.id) || schemas.includes(entry.schema ?? "")),
  );
  return { chosen: new Set(chosen.map(({ id }) => id)), excluded };
}

/** Ids of the relations of these names, and of all partitions below them. */
export const relationsNamed = (
  entries: readonly ArchiveEntry[],
  byId: EntriesById,
  names: SchemaFilter["tables"],
): Set<number> => withPartitions(namedRelations(entries, names), entries, byId);

function namedRelations(entries: readonly ArchiveEntry[], tables: SchemaFilter["tables"]): Set<number> {
  const key = (schema: string | null, name: string) => JSON.stringify([schema, name]);
  const names = new Set(tables.map(({ schema, name }) => key(schema, name)));
  const found = entries.filter((entry) => isRelation(entry) && names.has(key(entry.schema, entry.name)));
  return new Set(found.map(({ id }) => id));
}

/** Partitions go where their parents go, at every level. */
function withPartitions(relations: Set<number>, entries: readonly ArchiveEntry[], byId: EntriesById): Set<number> {
  const attaches = entries.filter(({ kind }) => kind === "TABLE ATTACH");
  for (let size = -1; size !== relations.size; ) {
    size = relations.size;
    for (const attach of attaches) {
      const child = tableOf(attach, byId);
      if (child && attach.dependencies.some((id) => id !== child.id && relations.has(id))) relations.add(child.id);
    }
  }
  return relations;
}

/** A table that stays behind keeps the sequences of its columns. */
function withSequences(relations: Set<number>, entries: readonly ArchiveEntry[], byId: EntriesById): Set<number> {
  for (const entry of entries) {
    const table = tableOf(entry, byId);
    if (!table || !relations.has(table.id)) continue;
    if (entry.kind === "SEQUENCE") relations.add(entry.id);
    if (entry.kind !== "SEQUENCE OWNED BY") continue;
    for (const id of entry.dependencies) if (byId.get(id)?.kind === "SEQUENCE") relations.add(id);
  }
  return relations;
}
