import { describe, expect, it } from "vitest";
import type { ArchiveEntry } from "../archive";
import type { Ownership } from "../policy/context";
import { decide } from "../policy/decide";
import { archiveOf, contextOf } from "../policy/fixture";
import { type CompareOptions, compareArchives } from "./index";
import { lineDifference } from "./line-difference";
import { normalise } from "./normalise";

const plain: CompareOptions = { ownership: { mode: "none" }, ignoredSchemas: [] };
const table = (more: Partial<ArchiveEntry> = {}) => ({
  kind: "TABLE",
  name: "t",
  schema: "s",
  statement: "CREATE TABLE s.t (\n    a integer,\n    b text\n);",
  owner: "boss",
  dropStatement: "DROP TABLE s.t;",
  ...more,
});

describe("compareArchives", () => {
  it("finds nothing between equals, whatever their order and ids", () => {
    const view = { kind: "VIEW", name: "v", schema: "s" };
    expect(compareArchives(archiveOf([table(), view]), archiveOf([view, table()]), plain)).toEqual([]);
  });

  it("leaves out what the target's provider grants by default, and no other default privileges", () => {
    const granted = (owner: string) => ({
      ...{ kind: "DEFAULT ACL", schema: "public", owner, name: "DEFAULT PRIVILEGES FOR TABLES" },
      statement: `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA public GRANT ALL ON TABLES TO anna;`,
    });
    const options: CompareOptions = { ...plain, ownership: { mode: "keep" }, ignoredRoles: ["cloud_admin"] };
    expect(compareArchives(archiveOf([]), archiveOf([granted("cloud_admin")]), options)).toEqual([]);
    expect(compareArchives(archiveOf([]), archiveOf([granted("anna")]), options)).toMatchObject([
      { difference: "extra" },
    ]);
  });

  it("names what is missing, extra and different, with the lines", () => {
    const source = archiveOf([table(), { kind: "VIEW", name: "v", schema: "s" }]);
    const target = archiveOf([
      table({ statement: "CREATE TABLE s.t (\n    a integer,\n    b varchar\n);" }),
      { kind: "INDEX", name: "i", schema: "s" },
    ]);
    expect(compareArchives(source, target, plain)).toEqual([
      {
        difference: "different",
        kind: "TABLE",
        subject: "s.t",
        detail: "  CREATE TABLE s.t (\n      a integer,\n-     b text\n+     b varchar\n  );",
        byDesign: null,
      },
      { difference: "missing", kind: "VIEW", subject: "s.v", detail: "- CREATE VIEW;", byDesign: null },
      { difference: "extra", kind: "INDEX", subject: "s.i", detail: "+ CREATE INDEX;", byDesign: null },
    ]);
  });

  it("expects what the policy decided", () => {
    const source = archiveOf([
      table({ tablespace: "fast" }),
      { kind: "OPERATOR CLASS", name: "o", schema: "s" },
      { kind: "COMMENT", name: "EXTENSION x", statement: "COMMENT ON EXTENSION x IS 'y';" },
    ]);
    const verdicts = decide(source, contextOf());
    const differences = compareArchives(source, archiveOf([table()]), { ...plain, verdicts });
    expect(differences).toMatchObject([
      { difference: "missing", kind: "COMMENT", byDesign: "only the owner may set this comment" },
    ]);
  });

  it.each<[string, Ownership, string, number]>([
    ["not by default", { mode: "none" }, "importer", 0],
    ["when they are kept", { mode: "keep" }, "importer", 1],
    ["when they are kept and equal", { mode: "keep" }, "boss", 0],
    ["when they are mapped", { mode: "map", roles: { boss: "other" } }, "other", 0],
    ["when they are mapped and wrong", { mode: "map", roles: { boss: "other" } }, "importer", 1],
  ])("compares owners %s", (_, ownership, owner, count) => {
    const options = { ...plain, ownership };
    expect(compareArchives(archiveOf([table()]), archiveOf([table({ owner })]), options)).toHaveLength(count);
  });

  it("compares how a table is stored", () => {
    const stored = (accessMethod: string) => archiveOf([table({ accessMethod, relationKind: "r" })]);
    expect(compareArchives(stored("heap"), stored("columnar"), plain)).toHaveLength(1);
    expect(compareArchives(stored("columnar"), stored("columnar"), plain)).toEqual([]);
  });

  it("does not look at schemas that are not the import's", () => {
    const ledger = archiveOf([
      { kind: "SCHEMA", name: "_ferry" },
      { kind: "TABLE", name: "ledger", schema: "_ferry", needs: ["_ferry"] },
    ]);
    expect(compareArchives(archiveOf([]), ledger, { ...plain, ignoredSchemas: ["_ferry"] })).toEqual([]);
  });

  it("follows objects that were moved to another schema", () => {
    const source = archiveOf([
      { kind: "EXTENSION", name: "citext", statement: "CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA heroku_ext;" },
      table({ statement: "CREATE TABLE s.t (\n    a heroku_ext.citext DEFAULT 'heroku_ext.x'::heroku_ext.citext\n);" }),
      {
        kind: "FUNCTION",
        name: "f(heroku_ext.citext)",
        schema: "s",
        statement: "CREATE FUNCTION s.f(a heroku_ext.citext);",
      },
    ]);
    const target = archiveOf([
      { kind: "EXTENSION", name: "citext", statement: "CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;" },
      table({ statement: "CREATE TABLE s.t (\n    a public.citext DEFAULT 'heroku_ext.x'::public.citext\n);" }),
      { kind: "FUNCTION", name: "f(public.citext)", schema: "s", statement: "CREATE FUNCTION s.f(a public.citext);" },
    ]);
    expect(compareArchives(source, target, { ...plain, movedSchemas: { heroku_ext: "public" } })).toEqual([]);
    expect(compareArchives(source, target, plain)).toHaveLength(4);
  });
});

describe("what is the same, written another way", () => {
  it.each([
    [
      "VIEW",
      "a query over one relation, before and since version 16",
      "CREATE VIEW s.v AS\n SELECT c.id,\n    (c.n + 1) AS n\n   FROM s.t c\n  WHERE (c.id > (SELECT max(x.id) FROM s.x WHERE (x.id = c.id)));",
      "CREATE VIEW s.v AS\n SELECT id,\n    (n + 1) AS n\n   FROM s.t c\n  WHERE (id > (SELECT max(x.id) FROM s.x WHERE (x.id = c.id)));",
    ],
    ["VIEW", "spaces", "SELECT 1 FROM (VALUES (4)) v;", "SELECT 1\n FROM ( VALUES (4)) v;"],
    [
      "TABLE",
      "columns of a table that inherits",
      "CREATE TABLE s.t (\n    c integer,\n    a numeric(5,2),\n    CONSTRAINT k CHECK ((a > c))\n)\nINHERITS (s.p);",
      "CREATE TABLE s.t (\n    a numeric(5,2),\n    c integer,\n    CONSTRAINT k CHECK ((a > c))\n)\nINHERITS (s.p);",
    ],
    [
      "TRIGGER",
      "the word for a function",
      "CREATE TRIGGER t EXECUTE PROCEDURE s.f('a');",
      "CREATE TRIGGER t EXECUTE FUNCTION s.f('a');",
    ],
    [
      "POLICY",
      "the order of roles",
      'CREATE POLICY p ON s.t TO "reader", auditor USING (true);',
      "CREATE POLICY p ON s.t TO auditor, reader USING (true);",
    ],
    [
      "FUNCTION",
      "the alias of what is changed",
      "BEGIN ATOMIC MERGE INTO s.t AS c USING s.u; UPDATE ONLY s.t AS x SET a = 1; DELETE FROM s.t AS y; END",
      "BEGIN ATOMIC MERGE INTO s.t c USING s.u; UPDATE ONLY s.t x SET a = 1; DELETE FROM s.t y; END",
    ],
    [
      "TYPE",
      "a multirange that the server named",
      "CREATE TYPE s.timerange AS RANGE (\n    subtype = time\n);",
      "CREATE TYPE s.timerange AS RANGE (\n    subtype = time,\n    multirange_type_name = s.timemultirange\n);",
    ],
    ["ACL", "the order of grants", "GRANT a TO b;\nGRANT c TO d;", "GRANT c TO d;\nGRANT a TO b;"],
    [
      "TABLE",
      "a server's private options",
      "CREATE TABLE s.t ();\nALTER TABLE ONLY s.t ALTER COLUMN a SET (pg_attver=3);",
      "CREATE TABLE s.t ();",
    ],
  ])("%s: %s", (kind, _, left, right) => {
    expect(normalise(left, kind)).toBe(normalise(right, kind));
  });

  it.each([
    ["VIEW", "another column", "SELECT c.id FROM s.t c;", "SELECT c.di FROM s.t c;"],
    ["VIEW", "another relation of two", "SELECT a.id FROM s.t a, s.u b;", "SELECT b.id FROM s.t a, s.u b;"],
    [
      "VIEW",
      "another relation of a join",
      "SELECT a.id FROM (s.t a JOIN s.u b ON (true));",
      "SELECT b.id FROM (s.t a JOIN s.u b ON (true));",
    ],
    ["VIEW", "another schema of a function", "SELECT t.f(1) FROM s.t;", "SELECT f(1) FROM s.t;"],
    [
      "VIEW",
      "another column within a sub-query",
      "SELECT (SELECT t.a FROM s.u) FROM s.t;",
      "SELECT (SELECT a FROM s.u) FROM s.t;",
    ],
    [
      "TABLE",
      "columns of a table that does not inherit",
      "CREATE TABLE t (a int, b int);",
      "CREATE TABLE t (b int, a int);",
    ],
    [
      "TYPE",
      "a multirange with a name of its own",
      "CREATE TYPE s.timerange AS RANGE (\n    subtype = time\n);",
      "CREATE TYPE s.timerange AS RANGE (\n    subtype = time,\n    multirange_type_name = s.others\n);",
    ],
    ["FUNCTION", "spaces within a body", "AS $$ a  b $$;", "AS $$ a b $$;"],
    ["TABLE", "quotes that matter", 'DEFAULT "user"', "DEFAULT user"],
  ])("but not %s: %s", (kind, _, left, right) => {
    expect(normalise(left, kind)).not.toBe(normalise(right, kind));
  });
});

it("shows long texts whole, and short ones with what surrounds a change", () => {
  const lines = Array.from({ length: 9 }, (_, index) => `line ${index}`);
  const changed = lines.map((line) => (line === "line 4" ? "LINE 4" : line));
  expect(lineDifference(lines.join("\n"), changed.join("\n"))).toBe(
    "  line 2\n  line 3\n- line 4\n+ LINE 4\n  line 5\n  line 6",
  );
});
