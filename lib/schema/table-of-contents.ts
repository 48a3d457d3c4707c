import { FerryError } from "@/lib/errors/ferry-error";
import type { ArchiveEntry, Section } from "./archive";
import { ArchiveReader } from "./archive-reader";

/** An entry as it stands in the archive; `section` is null where pg_dump leaves it to the order. */
export type TableOfContentsEntry = Omit<ArchiveEntry, "section"> & { section: Section | null };

const MAGIC = "PGDMP";
const CUSTOM_FORMAT = 1;
/** Archive version 1.16, written by pg_dump 17 and 18: the version of the pg_dump that Ferry carries. */
const FORMAT_VERSION = "1.16";
const SECTIONS: readonly (Section | null)[] = [null, null, "pre-data", "data", "post-data"];

export function readTableOfContents(bytes: Uint8Array): {
  entries: TableOfContentsEntry[];
  serverVersion: string;
  dumpVersion: string;
} {
  const reader = new ArchiveReader(bytes);
  const magic = reader.ascii(MAGIC.length);
  const version = `${reader.byte()}.${reader.byte()}`;
  reader.byte(); // revision
  reader.integerBytes = reader.byte();
  reader.offsetBytes = reader.byte();
  const format = reader.byte();
  if (magic !== MAGIC || version !== FORMAT_VERSION || format !== CUSTOM_FORMAT) {
    throw new FerryError("schema.archive_unreadable", { entry: "its first bytes" });
  }
  reader.byte(); // compression, of data only
  for (let field = 0; field < 7; field++) reader.integer(); // when it was made
  reader.text(); // name of the database
  const serverVersion = reader.text() ?? "";
  const dumpVersion = reader.text() ?? "";
  const count = reader.integer();
  const entries: TableOfContentsEntry[] = [];
  for (let index = 0; index < count; index++) entries.push(readEntry(reader));
  return { entries, serverVersion, dumpVersion };
}

function readEntry(reader: ArchiveReader): TableOfContentsEntry {
  const id = reader.integer();
  reader.where = `entry ${id}`;
  reader.integer(); // whether data follows
  const classOid = Number(reader.text());
  const objectOid = Number(reader.text());
  const name = reader.text() ?? "";
  const kind = reader.text() ?? "";
  reader.where = `${kind} ${name}`;
  const section = SECTIONS[reader.integer()] ?? null;
  const statement = reader.text() ?? "";
  const dropStatement = reader.text() ?? "";
  reader.text(); // COPY statement
  const schema = reader.text() || null;
  const tablespace = reader.text() || null;
  const accessMethod = reader.text() || null;
  const relationKind = reader.integer();
  const owner = reader.text() || null;
  reader.text(); // "false": tables had OIDs once
  const dependencies: number[] = [];
  for (let next = reader.text(); next !== null; next = reader.text()) dependencies.push(Number(next));
  reader.offset();
  return {
    id,
    kind,
    schema,
    name,
    owner,
    classOid,
    objectOid,
    dependencies,
    section,
    statement: statement.trim(),
    dropStatement: dropStatement.trim(),
    tablespace,
    accessMethod,
    relationKind: relationKind === 0 ? null : String.fromCharCode(relationKind),
  };
}
