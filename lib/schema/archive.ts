import { readTableOfContents } from "./table-of-contents";

export type Section = "pre-data" | "data" | "post-data";

/** One object of a schema as pg_dump describes it. */
export interface ArchiveEntry {
  id: number;
  /** As pg_dump says it: TABLE, VIEW, INDEX, FK CONSTRAINT, ... */
  kind: string;
  schema: string | null;
  /** pg_dump's tag, exactly: of what hangs on a table it begins with the table's name (`orders orders_pkey`). */
  name: string;
  owner: string | null;
  classOid: number;
  objectOid: number;
  /** Ids of entries that have to exist before this one. */
  dependencies: number[];
  section: Section;
  /** One or more SQL statements, or none (a schema that every database has). */
  statement: string;
  /** Names the object as ALTER and DROP want it; empty for what is not dropped by itself. */
  dropStatement: string;
  tablespace: string | null;
  /** Table access method; null where there is none to choose. */
  accessMethod: string | null;
  /** pg_class.relkind, or null of what is not a relation. */
  relationKind: string | null;
}

/** Everything that pg_dump found, in the order in which it has to be created. */
export interface Archive {
  entries: ArchiveEntry[];
  serverVersion: string;
  dumpVersion: string;
}

/** Says how the archive begins, and which database it is of: not objects to be created. */
const FRAME = new Set(["ENCODING", "STDSTRINGS", "SEARCHPATH", "DATABASE"]);

/** pg_restore creates these after everything else: a grant must not lock its creator out. */
const LATER = new Map([
  ["ACL", 1],
  ["ACL LANGUAGE", 1],
  ["DEFAULT ACL", 1],
  ["EVENT TRIGGER", 2],
]);

/**
 * Reads a custom-format dump. It is length-prefixed throughout: no name, comment or function body can be taken for
 * anything else, whatever it contains. Pure.
 */
export function parseArchive(bytes: Uint8Array): Archive {
  const { entries, serverVersion, dumpVersion } = readTableOfContents(bytes);
  let section: Section = "pre-data";
  const read = entries.map((entry): ArchiveEntry => {
    // Comments and grants have no section of their own: they belong where pg_dump put them.
    section = entry.section ?? section;
    return { ...entry, section: LATER.has(entry.kind) ? "post-data" : section };
  });
  const objects = read.filter(({ kind }) => !FRAME.has(kind));
  return { entries: inRestoreOrder(objects), serverVersion, dumpVersion };
}

function inRestoreOrder(entries: ArchiveEntry[]): ArchiveEntry[] {
  const lateness = new Map(entries.map((entry) => [entry.id, LATER.get(entry.kind) ?? 0]));
  const rank = ({ id, kind, dependencies }: ArchiveEntry) =>
    kind === "COMMENT" || kind === "SECURITY LABEL"
      ? Math.max(0, ...dependencies.map((parent) => lateness.get(parent) ?? 0))
      : (lateness.get(id) ?? 0);
  return [0, 1, 2].flatMap((wanted) => entries.filter((entry) => rank(entry) === wanted));
}
