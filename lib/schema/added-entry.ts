import type { ArchiveEntry } from "./archive";

/** An entry that pg_dump does not know of. */
export function addedEntry(
  entry: Pick<ArchiveEntry, "id" | "kind" | "name" | "statement"> & Partial<ArchiveEntry>,
): ArchiveEntry {
  return {
    schema: null,
    owner: null,
    classOid: 0,
    objectOid: 0,
    dependencies: [],
    section: "pre-data",
    dropStatement: "",
    tablespace: null,
    accessMethod: null,
    relationKind: null,
    ...entry,
  };
}
