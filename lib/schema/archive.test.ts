import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FerryError } from "@/lib/errors/ferry-error";
import { parseArchive } from "./archive";

interface Written {
  id: number;
  kind: string;
  schema: string | null;
  name: string;
  section: number;
  statement: string;
  dependencies: number[];
}

/** Writes what pg_dump's custom format says, as far as the reader looks. */
function archiveBytes(entries: readonly Written[]): Uint8Array {
  const parts: Uint8Array[] = [new TextEncoder().encode("PGDMP"), Uint8Array.of(1, 16, 0, 4, 8, 1, 0)];
  const integer = (value: number) => {
    const bytes = Buffer.alloc(5);
    bytes[0] = value < 0 ? 1 : 0;
    bytes.writeUInt32LE(Math.abs(value), 1);
    parts.push(bytes);
  };
  const text = (value: string | null) => {
    const bytes = Buffer.from(value ?? "");
    integer(value === null ? -1 : bytes.length);
    parts.push(bytes);
  };
  for (let field = 0; field < 7; field++) integer(field);
  for (const value of ["database", "17.1", "18.3"]) text(value);
  integer(entries.length);
  for (const { id, kind, schema, name, section, statement, dependencies } of entries) {
    integer(id);
    integer(0);
    for (const value of ["1259", "16384", name, kind]) text(value);
    integer(section);
    for (const value of [statement, "", null, schema, null, null]) text(value);
    integer(0);
    for (const value of ["owner", "false", ...dependencies.map(String), null]) text(value);
    parts.push(new Uint8Array(9));
  }
  return Buffer.concat(parts);
}

const anyText = fc.string({ unit: "binary" });
const anyEntry = fc.record({
  id: fc.integer({ min: 1, max: 1_000_000 }),
  kind: fc.constantFrom("TABLE", "FUNCTION", "VIEW", "INDEX"),
  schema: fc.option(anyText.filter((text) => text !== "")),
  name: anyText,
  section: fc.constantFrom(2, 3, 4),
  statement: anyText,
  dependencies: fc.array(fc.integer({ min: 1, max: 1_000_000 })),
});

describe("parseArchive", () => {
  it("gives back whatever names and statements contain", () => {
    fc.assert(
      fc.property(fc.array(anyEntry), (entries) => {
        const archive = parseArchive(archiveBytes(entries));
        expect(archive).toMatchObject({ serverVersion: "17.1", dumpVersion: "18.3" });
        expect(
          archive.entries.map(({ id, kind, schema, name, dependencies, statement }) => ({
            id,
            kind,
            schema,
            name,
            dependencies,
            statement,
          })),
        ).toEqual(entries.map(({ section: _, ...entry }) => ({ ...entry, statement: entry.statement.trim() })));
      }),
    );
  });

  it("stops, with the place, wherever it is cut off", () => {
    const bytes = archiveBytes([
      { id: 7, kind: "TABLE", schema: "s", name: "orders", section: 2, statement: "x", dependencies: [1, 2] },
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        expect(() => parseArchive(bytes.subarray(0, length))).toThrow(FerryError);
      }),
    );
    expect(() => parseArchive(bytes.subarray(0, bytes.length - 3))).toThrow(/TABLE orders/);
  });

  it("stops at a name that is not UTF-8 and says where", () => {
    const bytes = archiveBytes([
      { id: 7, kind: "TABLE", schema: "s", name: "before", section: 2, statement: "X?X", dependencies: [] },
    ]);
    const broken = Buffer.from(bytes);
    broken[broken.indexOf("X?X") + 1] = 0xff;
    expect(() => parseArchive(broken)).toThrow(/schema.archive_unreadable.*TABLE before/);
  });

  it("refuses what is no archive of this version", () => {
    expect(() => parseArchive(new TextEncoder().encode("PGDMP\u0001\u000f and more"))).toThrow(FerryError);
    expect(() => parseArchive(new TextEncoder().encode("CREATE TABLE x ();"))).toThrow(FerryError);
  });

  it("leaves the frame out, gives comments a section and puts grants last", () => {
    const entry = (id: number, kind: string, section: number, dependencies: number[] = []): Written => ({
      id,
      kind,
      schema: null,
      name: `${kind} ${id}`,
      section,
      statement: "x",
      dependencies,
    });
    const { entries } = parseArchive(
      archiveBytes([
        entry(1, "ENCODING", 2),
        entry(2, "DATABASE", 2),
        entry(3, "TABLE", 2),
        entry(4, "COMMENT", 1, [3]),
        entry(5, "EVENT TRIGGER", 4),
        entry(6, "COMMENT", 1, [5]),
        entry(7, "ACL", 1, [3]),
        entry(8, "INDEX", 4, [3]),
        entry(9, "COMMENT", 1, [8]),
      ]),
    );
    expect(entries.map(({ id, section }) => [id, section])).toEqual([
      [3, "pre-data"],
      [4, "pre-data"],
      [8, "post-data"],
      [9, "post-data"],
      [7, "post-data"],
      [5, "post-data"],
      [6, "post-data"],
    ]);
  });
});
