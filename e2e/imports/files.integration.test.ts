import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { query } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import { type TestRole, type TestServer, testServer } from "@/e2e/servers/test-servers";
import type { FileView } from "@/lib/files/file-view";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";

const samplePath = (name: string) => fileURLToPath(new URL(`../../../shared/samples/${name}.sql`, import.meta.url));

let folder: string;
let server: TestServer;
let keeper: TestRole;
let ferry: FerryRig;
let bring: typeof import("@/lib/files/bring-file");
let load: typeof import("@/lib/files/load-task");
let source: typeof import("@/lib/files/file-source");
const brought: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ferry-files-"));
  server = await testServer(17);
  keeper = await server.createRole({ prefix: "files", attributes: "createdb createrole" });
  process.env.FERRY_FILES_DIR = folder;
  process.env.FERRY_FILES_URL = keeper.url;
  ferry = await startFerry();
  bring = await import("@/lib/files/bring-file");
  load = await import("@/lib/files/load-task");
  source = await import("@/lib/files/file-source");
});

afterAll(async () => {
  for (const id of brought) await bring.takeAway(id);
  await ferry?.stop();
  await keeper?.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Brought in two slices, and read to its end. */
async function bringText(name: string, content: string | Buffer): Promise<FileView> {
  const bytes = Buffer.from(content);
  const { id } = await bring.bringFile({ name, sizeBytes: bytes.length }, null);
  brought.push(id);
  const half = Math.floor(bytes.length / 2);
  await bring.receiveSlice({ id, offset: 0, bytes: bytes.subarray(0, half) });
  await bring.receiveSlice({ id, offset: half, bytes: bytes.subarray(half) });
  await load.loadEnded(id);
  return bring.viewFile({ id });
}

const staged = async (id: string): Promise<ConnectionSpec> => (await source.fileSource(id)).spec;

/** Imports what was brought into an empty database, and returns that one. */
async function importFile(id: string): Promise<{ target: ConnectionSpec; name: string; shown: string }> {
  const { createImport } = await import("@/lib/imports/create-import");
  const target = await server.createDatabase("from_file");
  const created = await createImport({ input: { file: id, target: { kind: "url", text: target.url } } });
  await ferry.start(created.id);
  const view = await ferry.waitForEnd(created.id);
  expect(view.error).toBeNull();
  expect(view.status).toBe("succeeded");
  return {
    target: target.spec,
    name: view.name,
    shown: `${view.source.kind} ${view.source.database} ${view.source.host}`,
  };
}

const CSV = `id,code,price,day,at,moment,flag,ref,doc,note,big,none
1,007,1.50,2024-02-29,2024-01-02 03:04:05.123456,2024-01-02T03:04:05Z,true,6f1c2b1e-0000-4000-8000-0000000000ab,"{""a"": 1.0}",,123456789012345678901,
-2,008,20,2023-12-31,2024-01-02T03:04:05,2024-01-02 03:04:05+02,FALSE,6F1C2B1E-0000-4000-8000-0000000000AB,[],"",1,
`;

test("a CSV file becomes a table whose types hold every value, and is imported", async () => {
  const file = await bringText("Orders 2024.csv", `\ufeff${CSV}`);
  expect(file.error).toBeNull();
  expect(file).toMatchObject({
    state: "ready",
    report: { kind: "csv", table: "orders_2024", rows: 2, encoding: "UTF8" },
  });
  const columns = file.report?.kind === "csv" ? file.report.columns : [];
  expect(Object.fromEntries(columns.map(({ name, type }) => [name, type]))).toEqual({
    ...{ id: "bigint", code: "text", price: "numeric", day: "date", at: "timestamp", moment: "timestamptz" },
    ...{ flag: "boolean", ref: "uuid", doc: "jsonb", note: "text", big: "numeric", none: "text" },
  });
  const { target, name, shown } = await importFile(file.id);
  expect(name).toBe("Orders 2024.csv");
  expect(shown).toBe("file orders_2024 Orders 2024.csv");
  const rows = await query(
    target,
    "select id::text, code, price::text, note, big::text from orders_2024 order by id desc",
  );
  expect(rows).toEqual([
    { id: "1", code: "007", price: "1.50", note: null, big: "123456789012345678901" },
    { id: "-2", code: "008", price: "20", note: "", big: "1" },
  ]);
});

/** Values as they stand in the file, and the type that holds them all. */
const COLUMNS: [name: string, values: string[], type: string][] = [
  ["leading zeros", ["1", "007"], "text"],
  ["zero and minus zero", ["0", "-0"], "text"],
  ["a plus", ["+1"], "text"],
  ["beyond bigint", ["9223372036854775807", "9223372036854775808"], "numeric"],
  ["digits are kept", ["1.50", "-0.001", "100"], "numeric"],
  ["exponents", ["1e5"], "text"],
  ["a comma for the point", ['"1,5"'], "text"],
  ["a day that does not exist", ["2023-02-29"], "text"],
  ["days written otherwise", ["01/02/2023"], "text"],
  ["seven digits of a second", ["2024-01-01 00:00:00.1234567"], "text"],
  ["midnight at the end", ["2024-01-01 24:00:00"], "text"],
  ["with and without a zone", ["2024-01-01 00:00:00", "2024-01-01 00:00:00Z"], "text"],
  ["one letter", ["f", "f"], "text"],
  ["both letters", ["f", "t"], "boolean"],
  ["0 and 1", ["0", "1"], "bigint"],
  ["a key twice", ['"{""a"":1,""a"":2}"'], "text"],
  ["an empty text", ["1", '""'], "text"],
  ["nothing among numbers", ["1", "", "2"], "bigint"],
  ["blanks", [" 1"], "text"],
  ["no end", ["infinity"], "text"],
];

test("a column has the first type that holds each of its values as it is", async () => {
  const lines = [0, 1, 2].map((line) => COLUMNS.map(([, values]) => values[line] ?? "").join(","));
  const file = await bringText("values.csv", `${COLUMNS.map(([name]) => name).join(",")}\n${lines.join("\n")}\n`);
  expect(file.error).toBeNull();
  const columns = file.report?.kind === "csv" ? file.report.columns : [];
  expect(columns).toEqual(COLUMNS.map(([name, , type]) => ({ name, type })));
  const casts = COLUMNS.map(([name]) => `"${name}"::text`).join(", ");
  const rows = await query<Record<string, string | null>>(await staged(file.id), `select ${casts} from "values"`);
  for (const [name, values, type] of COLUMNS) {
    if (type === "boolean") continue;
    const plain = (text = "") => (text === "" ? null : text.replace(/^"|"$/g, "").replaceAll('""', '"'));
    expect(
      rows.map((row) => row[name]),
      name,
    ).toEqual([0, 1, 2].map((line) => plain(values[line])));
  }
});

test("a CSV file that is not written in UTF-8 keeps its letters", async () => {
  const file = await bringText("städte.csv", Buffer.from("name;inhabitants\nK\xf6ln;1084831\n\x80uro;1\n", "latin1"));
  expect(file).toMatchObject({ state: "ready", report: { encoding: "WIN1252", delimiter: ";", table: "städte" } });
  expect(await query(await staged(file.id), "select name from städte order by inhabitants")).toEqual([
    { name: "€uro" },
    { name: "Köln" },
  ]);
});

describe("a CSV file that is broken is refused, and says where", () => {
  it.each([
    ["a field too many", "a,b\n1,2\n3,4,5\n", "file.broken_line", "at line 3"],
    ["a field too few", "a,b\n1,2\n3\n", "file.broken_line", "at line 3"],
    ["a quote in a field", 'a,b\n5" pipe,2\n', "file.broken_line", "at line 2"],
    ["a quote that stays open", 'a,b\n1,"2\n', "file.truncated", "at line 2"],
  ])("%s", async (_name, text, code, place) => {
    const { state, error } = await bringText("broken.csv", text);
    expect(state).toBe("failed");
    expect(error?.code).toBe(code);
    expect(error?.what).toContain(place);
  });
});

test("it is read again as somebody says", async () => {
  const { id, report } = await bringText("names.csv", "Anna,Bonn\nBen,Ulm\n");
  expect(report).toMatchObject({ rows: 1, hasHeader: true });
  await bring.readAgain({ id, options: { hasHeader: false } });
  await load.loadEnded(id);
  expect((await bring.viewFile({ id })).report).toMatchObject({
    rows: 2,
    columns: [{ name: "column_1" }, { name: "column_2" }],
  });
});

test("slices may come twice and out of place, and the answer says where to go on", async () => {
  const { id } = await bring.bringFile({ name: "a.csv", sizeBytes: 12 }, null);
  brought.push(id);
  const bytes = Buffer.from("a,b\n1,2\n3,4\n");
  const send = (from: number, to: number) => bring.receiveSlice({ id, offset: from, bytes: bytes.subarray(from, to) });
  expect((await send(4, 8)).receivedBytes).toBe(0);
  const answers = await Promise.all([send(0, 5), send(0, 5), send(5, 7)]);
  expect(answers.map(({ receivedBytes }) => receivedBytes)).toEqual([5, 5, 7]);
  await send(7, 12);
  await load.loadEnded(id);
  expect((await bring.viewFile({ id })).report).toMatchObject({ rows: 2 });
});

const DUMP = `--
-- PostgreSQL database dump
--

\\restrict abc

SET statement_timeout = 0;
SET some_new_setting_of_later = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS some_extension;
COMMENT ON EXTENSION some_extension IS 'none';
CREATE TABLE public.people (id integer NOT NULL, name text, tags public.hstore);
ALTER TABLE public.people OWNER TO somebody;
CREATE FUNCTION public.twice(integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT $1 * 2; END;
COPY public.people (id, name, tags) FROM stdin;
1\tO'Brien; \\\\.\t"a"=>"1"
2\t\\N\t\\N
\\.

INSERT INTO public.people VALUES (3, 'it''s; $$', NULL);
INSERT INTO public.people VALUES (4, E'a\\'b', NULL);
ALTER TABLE ONLY public.people ADD CONSTRAINT people_pkey PRIMARY KEY (id);
GRANT SELECT ON TABLE public.people TO somebody;

--
-- PostgreSQL database dump complete
--

\\unrestrict abc
`;

test("a plain dump is played, with what is left out told, and imported", async () => {
  const file = await bringText("people.sql", DUMP);
  expect(file.error).toBeNull();
  expect(file.report).toMatchObject({ kind: "script", rows: 4, leftOutCount: 5 });
  const leftOut = file.report?.kind === "script" ? file.report.leftOut : [];
  expect(leftOut.map(({ what }) => what)).toEqual([
    "SET some_new_setting_of_later = 0",
    "CREATE EXTENSION IF NOT EXISTS some_extension",
    "COMMENT ON EXTENSION some_extension IS",
    "ALTER TABLE public.people OWNER TO somebody",
    "GRANT SELECT ON TABLE public.people TO somebody",
  ]);
  const { target } = await importFile(file.id);
  expect(await query(target, "select id, name, public.twice(id) from people order by id")).toEqual([
    { id: 1, name: "O'Brien; \\.", twice: 2 },
    { id: 2, name: null, twice: 4 },
    { id: 3, name: "it's; $$", twice: 6 },
    { id: 4, name: "a'b", twice: 8 },
  ]);
});

describe("a dump that may harm is powerless", () => {
  const READ = "file.statement_failed";
  it.each([
    ["a shell", "select 1;\n\\! touch /tmp/ferry-was-here\n", "file.command_refused"],
    ["another database", "select 1;\n\\connect postgres\n", "file.command_refused"],
    ["psql's own copy", "select 1;\n\\copy t from '/etc/passwd'\n", "file.command_refused"],
    ["a command within a statement", "select 1 \\g |id\n;", "file.command_refused"],
    ["a program", "create table t (a text);\ncopy t from program 'id';", READ],
    ["a program that is written to", "copy (select 1) to program 'id';", READ],
    ["a file", "create table t (a text);\ncopy t from '/etc/passwd';", READ],
    ["reading files", "select pg_read_file('/etc/passwd');", READ],
    ["large objects of files", "select lo_import('/etc/passwd');", READ],
    ["dblink", "select 1;\nselect dblink_connect('dbname=postgres');", READ],
    ["a language without limits", "do language plpython3u $$ import os $$;", READ],
    ["another encoding", "set client_encoding = 'LATIN1';", "file.other_encoding"],
    ["a transaction that stays open", "begin;\nselect 1;", "file.transaction_open"],
    ["rows that end in nothing", "create table t (a text);\ncopy t from stdin;\n1\n", "file.truncated"],
    ["a dump that is cut between statements", "--\n-- PostgreSQL database dump\n--\n\nselect 1;\n", "file.truncated"],
  ])("%s", async (_name, script, code) => {
    const { state, error } = await bringText("harm.sql", script);
    expect(error?.code).toBe(code);
    expect(state).toBe("failed");
  });

  test("what needs a superuser is left out, and its role has no more than it had", async () => {
    const script = [
      "alter system set log_statement = 'all';",
      "create role eve superuser login;",
      "alter role current_user superuser;",
      "alter role current_user password 'known';",
      "alter role current_user set search_path = 'evil';",
      "create extension dblink;",
      "create function f() returns int language c as 'libc', 'system';",
      "set role postgres;",
      "set session authorization postgres;",
      "begin;",
      "create table t (a int);",
      "alter table t owner to postgres;",
      "insert into t values (1);",
      "commit;",
    ].join("\n");
    const { id, state, report, error } = await bringText("harm.sql", script);
    expect(error).toBeNull();
    expect(state).toBe("ready");
    expect(report).toMatchObject({ leftOutCount: 8, rows: 1 });
    expect(await query(server.superuser, "select from pg_roles where rolname = 'eve'")).toEqual([]);
    // The password is Ferry's again, and so are the settings.
    const spec = await staged(id);
    const attributes = "select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls as any";
    expect(await query(spec, `${attributes}, rolconfig from pg_roles where rolname = current_user`)).toEqual([
      { any: false, rolconfig: null },
    ]);
    const others =
      "select datname from pg_database where has_database_privilege(oid, 'connect') and datname like 'ferry_file%'";
    expect(await query(spec, others)).toEqual([{ datname: spec.database }]);
    const members = "select from pg_auth_members where member = current_user::regrole";
    expect(await query(spec, members)).toEqual([]);
  });
});

describe.each(["chinook", "netflix", "pagila"])("the sample %s", (name) => {
  it.skipIf(!LONG_TESTS || !existsSync(samplePath(name)))("arrives whole from its file", async () => {
    const file = await bringText(`${name}.sql`, await readFile(samplePath(name)));
    expect(file.error).toBeNull();
    const { target } = await importFile(file.id);
    const tables =
      "select count(*)::int as tables from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace";
    expect(await query(target, tables)).toEqual(await query(await staged(file.id), tables));
  });
});

test("what a process that ended was loading is begun anew, and said so", async () => {
  const { id } = await bringText("again.csv", "a,b\n1,2\n");
  await query(ferry.metadata.spec, "update files set state = 'loading', report = null where id = $1", [id]);
  await load.loadInterrupted();
  await load.loadEnded(id);
  expect(await bring.viewFile({ id })).toMatchObject({ state: "ready", wasInterrupted: true, report: { rows: 1 } });
});

test("files that nobody imports any more are taken away, with their databases", async () => {
  const { cleanFiles } = await import("@/lib/files/clean-files");
  const { id } = await bringText("old.csv", "a,b\n1,2\n");
  const { database } = await staged(id);
  const isThere = async () =>
    (await query(server.superuser, "select from pg_database where datname = $1", [database])).length;
  await cleanFiles();
  expect(await isThere()).toBe(1);
  await query(ferry.metadata.spec, "update files set changed_at = now() - interval '8 days' where id = $1", [id]);
  await cleanFiles();
  expect(await isThere()).toBe(0);
  expect(existsSync(join(folder, id))).toBe(false);
  await expect(bring.viewFile({ id })).rejects.toThrow(/file.missing/);
});
