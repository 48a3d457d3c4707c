import type { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { type PlannedTable, pageRanges, planTable } from "@/lib/plan/copy-plan";
import type { PageRange } from "@/lib/plan/unit";
import { closeSession, openSession, withSession } from "@/lib/postgres/session";
import { inspect } from "@/lib/source/inspect";
import { copyPart } from "./copy-part";
import { refuseRewritten } from "./rewritten";

const SCHEMA = `
  create schema "Odd ""Schema""";
  create table "Odd ""Schema"""."Tab.""le" ("select" int, "Colu""mn" text);
  create table nothing ();
  create table only_generated (twice int generated always as (2 * 21) stored);
  create table generated (a int, twice int generated always as (a * 2) stored, b text);
  create table identity (id int generated always as identity, note text);
  create table large (id int primary key, note text);
  create table base (id int);
  create table heir (more text) inherits (base);
  create table parent (id int, note text) partition by list (note);
  create table part_a partition of parent for values in ('a');`;

const ROWS = `
  insert into "Odd ""Schema"""."Tab.""le" values (1, 'x'), (null, null);
  insert into nothing select from generate_series(1, 5);
  insert into only_generated select from generate_series(1, 3);
  insert into generated (a, b) values (1, 'one'), (2, null);
  insert into identity (note) values ('first'), ('second');
  insert into large select n, repeat(md5(n::text), 8) from generate_series(1, 5000) n;
  delete from large where id between 1000 and 2500 or id % 7 = 0;
  update large set note = note || '!' where id % 3 = 0;
  insert into base values (1);
  insert into heir values (2, 'two');
  insert into parent values (1, 'a');`;

let source: TestDatabase;
let target: TestDatabase;
let reading: Client;
let writing: Client;
let planned: Map<string, PlannedTable>;
let pages: number;

beforeAll(async () => {
  source = await (await testServer(testServer.available(15) ? 15 : 18)).createDatabase("copy");
  target = await (await testServer(18)).createDatabase("copy");
  await withSession(source.spec, { side: "metadata", name: "test" }, (client) => client.query(SCHEMA + ROWS));
  await withSession(target.spec, { side: "metadata", name: "test" }, (client) => client.query(SCHEMA));
  const inventory = await withSession(source.spec, { side: "source", name: "test" }, inspect);
  const types = new Map(inventory.types.map((type) => [type.oid, type]));
  planned = new Map(inventory.tables.map((table) => [table.name, planTable(table, types, true)]));
  pages = inventory.tables.find(({ name }) => name === "large")?.pages ?? 0;
  reading = await openSession(source.spec, { side: "source", name: "test" });
  writing = await openSession(target.spec, { side: "target", name: "test" });
});
afterAll(async () => {
  await closeSession(reading);
  await closeSession(writing);
  await source.drop();
  await target.drop();
});
beforeEach(async () => {
  await reading.query("rollback; begin isolation level repeatable read read only");
});

async function copy(name: string, range: PageRange | null = null) {
  const table = planned.get(name);
  if (!table) throw new Error(`${name} is not planned.`);
  const sizes: number[] = [];
  await writing.query("begin");
  const copied = await copyPart(
    {
      source: reading,
      target: writing,
      onBytes: (bytes) => {
        sizes.push(bytes);
        return 0;
      },
    },
    table,
    range,
  );
  await writing.query("commit");
  expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBe(copied.bytes);
  return copied.rows;
}

const rowsOf = async (client: Client, table: string) =>
  (await client.query(`select t::text as row from only ${table} t order by 1`)).rows.map(({ row }) => row);

describe("a table in one piece", () => {
  it.each([
    ['Tab."le', '"Odd ""Schema"""."Tab.""le"', 2],
    ["nothing", "nothing", 5],
    ["only_generated", "only_generated", 3],
    ["generated", "generated", 2],
    ["identity", "identity", 2],
    ["large", "large", 3000],
    ["base", "base", 1],
    ["heir", "heir", 1],
    ["part_a", "part_a", 1],
  ])("%s arrives", async (name, sqlName, rows) => {
    await writing.query(`truncate ${sqlName}`);
    expect(await copy(name)).toBe(rows);
    expect(await rowsOf(writing, sqlName)).toEqual(await rowsOf(reading, sqlName));
  });

  it("that is large is emptied first: it arrives again without doubles", async () => {
    for (const _time of ["first", "again"]) {
      await copy("large");
      expect(await rowsOf(writing, "large")).toEqual(await rowsOf(reading, "large"));
    }
  });

  it("is frozen: the target need not visit its pages again", async () => {
    await writing.query("create extension if not exists pg_visibility");
    await copy("large");
    const { rows } = await writing.query(
      `select all_frozen::int as frozen, (select count(distinct (ctid::text::point)[0])::int from large) as pages
         from pg_visibility_map_summary('large')`,
    );
    expect(rows[0]?.pages).toBeGreaterThan(100);
    expect(rows[0]?.frozen).toBe(rows[0]?.pages);
  });
});

describe("a table in ranges of pages", () => {
  it.each([1, 2, 3, 7, 1_000])("is the same in %i pieces", async (wanted) => {
    const bytes = 256 * 1024 * 1024 * wanted;
    const ranges = pageRanges(bytes, pages);
    expect(ranges.length).toBe(Math.min(wanted, pages));
    await writing.query("truncate large");
    let rows = 0;
    for (const range of ranges) rows += await copy("large", range);
    expect(await rowsOf(writing, "large")).toEqual(await rowsOf(reading, "large"));
    expect(rows).toBe((await rowsOf(reading, "large")).length);
  });

  it("keeps a table without columns, by their number", async () => {
    await writing.query("truncate nothing");
    expect(await copy("nothing", { from: 0, to: 1 })).toBe(5);
    expect(await copy("nothing", { from: 1, to: null })).toBe(0);
    expect((await writing.query("select count(*)::int as rows from nothing")).rows).toEqual([{ rows: 5 }]);
  });
});

describe("a table that is changed under the snapshot", () => {
  const ref = (name: string) => {
    const { oid = 0, schema = "" } = planned.get(name) ?? {};
    return { oid, schema, name };
  };
  const refuse = (name: string) => refuseRewritten(reading, [ref("base"), ref(name)]);

  it.each([
    ["rows that come and go", "insert into heir values (3, 'x'); delete from heir where id = 3", false],
    ["a column that is added without a rewrite", "alter table heir add column extra int", false],
    ["a vacuum", "vacuum heir", false],
    ["a truncate", "truncate heir; insert into heir values (2, 'two')", true],
    ["a vacuum that rewrites", "vacuum full heir", true],
    ["a type that is changed", "alter table heir alter column more type varchar using more || ''", true],
    ["another table of its name", "alter table heir rename to former; create table heir (id int, more text)", true],
    ["a table that is gone", "drop table heir", true],
  ])("%s", async (_how, sql, refused) => {
    await withSession(source.spec, { side: "metadata", name: "test" }, (client) =>
      client.query(
        "drop table if exists heir, former; create table heir (id int, more text); insert into heir values (2, 'two')",
      ),
    );
    const inventory = await withSession(source.spec, { side: "source", name: "test" }, inspect);
    const table = inventory.tables.find(({ name }) => name === "heir");
    planned.set("heir", { ...(planned.get("heir") as PlannedTable), oid: table?.oid ?? 0 });
    await reading.query("rollback; begin isolation level repeatable read read only; select 1");
    await withSession(source.spec, { side: "metadata", name: "test" }, async (client) => {
      for (const statement of sql.split("; ")) await client.query(statement);
    });
    // As a lane does it: the table is read, and with it locked, before the question is asked.
    if (sql !== "drop table heir") await reading.query("select count(*) from heir");
    if (refused) {
      await expect(refuse("heir")).rejects.toMatchObject({
        code: "source.table_rewritten",
        context: { subject: "public.heir" },
      });
    } else await refuse("heir");
  });
});
