import { describe, expect, it } from "vitest";
import { addedEntry } from "./added-entry";
import type { Archive } from "./archive";
import { digestArchive, packArchive, unpackArchive } from "./store";

const table = addedEntry({ id: 1, kind: "TABLE", schema: "s", name: "t\n\u0000🐘", statement: "create table t ();" });
const view = addedEntry({ id: 2, kind: "VIEW", schema: "s", name: "v", statement: "create view v as select 1;" });
const archive = (entries: Archive["entries"]): Archive => ({ entries, serverVersion: "17.1", dumpVersion: "18.3" });

describe("a stored archive", () => {
  it("comes back as it was", () => {
    expect(unpackArchive(packArchive(archive([table, view])))).toEqual(archive([table, view]));
  });

  it("has a digest that does not depend on ids, order or a server's private options", () => {
    const digest = digestArchive(archive([table, view]));
    expect(digestArchive(archive([{ ...view, id: 9 }, table]))).toBe(digest);
    const noted = `${table.statement}\nALTER TABLE ONLY s.t ALTER COLUMN a SET (pg_attver=1);`;
    const notedAgain = noted.replace("=1", "=2");
    expect(digestArchive(archive([{ ...table, statement: noted }, view]))).toBe(
      digestArchive(archive([{ ...table, statement: notedAgain }, view])),
    );
  });

  it("has another digest when anything else changes", () => {
    const digest = digestArchive(archive([table, view]));
    const changes = [{ statement: "create table t (a int);" }, { name: "u" }, { owner: "x" }, { accessMethod: "y" }];
    for (const change of changes) expect(digestArchive(archive([{ ...table, ...change }, view]))).not.toBe(digest);
    expect(digestArchive(archive([table]))).not.toBe(digest);
  });
});
