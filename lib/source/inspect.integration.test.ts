import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, type TestRole, testServer } from "@/e2e/servers/test-servers";
import { withSession } from "@/lib/postgres/session";
import { inspect } from "./inspect";
import { type Inventory, majorVersion, type SourceTable } from "./inventory";
import { travelsAsBinary } from "./type-facts";

const SETUP = `
  create schema "Odd ""Names""";
  create type public.mood as enum ('fine', 'bad');
  create domain public.price as numeric check (value >= 0);
  create type public.pair as (a int, b int);
  create table public.plain (id serial primary key, note text, gone int, mood public.mood, cost public.price);
  alter table public.plain drop column gone;
  insert into public.plain (note) select repeat('x', 100) from generate_series(1, 1000);
  create table public.toasted (id int, body text);
  alter table public.toasted alter column body set storage external;
  insert into public.toasted values (1, repeat('y', 1000000));
  create table "Odd ""Names"""."Tab.1" (pairs public.pair[], moods public.mood[], numbers int[], name name, rel regclass);
  create table public.nothing ();
  create unlogged table public.fleeting (id int);
  create table public.parent (id int, at date) partition by range (at);
  create table public.part_2024 partition of public.parent for values from ('2024-01-01') to ('2025-01-01');
  create table public.base (id int);
  create table public.heir (extra int) inherits (public.base);
  create table public.guarded (id int);
  alter table public.guarded enable row level security;
  create table public.forced (id int);
  alter table public.forced enable row level security, force row level security;
  create view public.seen as select id from public.plain;
  create materialized view public.m_one as select id from public.plain;
  create view public.between as select id from public.m_one;
  create materialized view public.m_two as select id from public.between union select id from public.m_one;
  create materialized view public.unfilled as select 1 as one with no data;
  create schema closed;
  create table closed.secret (id int);
  create sequence closed.hidden;
  select lo_create(0), lo_from_bytea(0, 'x'), lo_create(70001), lo_create(70002);
  grant select on large object 70001 to public;
  analyze`;

const GENERATED = "create table public.generated (a int, b int generated always as (a * 2) stored)";

describe.each(testServer.versions(10, 18))("the inventory of Postgres %i", (version) => {
  let database: TestDatabase;
  let role: TestRole;
  let inventory: Inventory;
  let asRole: Inventory;

  beforeAll(async () => {
    const server = await testServer(version);
    database = await server.createDatabase("inspect");
    role = await server.createRole({ database: database.spec.database });
    await withSession(database.spec, { side: "metadata", name: "test" }, async (client) => {
      await client.query(SETUP);
      if (version >= 12) await client.query(GENERATED);
      await client.query(`grant select on public.plain, closed.secret to ${role.name}`);
      await client.query(`grant select, update on large object 70002 to ${role.name}`);
      await client.query("create temporary table passing (id int)");
      inventory = await withSession(database.spec, { side: "source", name: "test" }, inspect);
    });
    asRole = await withSession(role.spec, { side: "source", name: "test" }, inspect);
  });
  afterAll(async () => {
    await role?.drop();
    await database?.drop();
  });

  const names = (list: { schema: string; name: string }[]) =>
    list.map(({ schema, name }) => `${schema}.${name}`).sort();
  const table = (name: string, of = inventory): SourceTable => {
    const found = of.tables.find((one) => one.name === name);
    if (!found) throw new Error(`There is no table ${name}.`);
    return found;
  };

  it("names the server", () => {
    expect(majorVersion(inventory.server)).toBe(version);
    expect(inventory.server).toMatchObject({
      version: expect.stringMatching(new RegExp(`^${version}\\.`)),
      database: database.spec.database,
      user: database.spec.user,
      encoding: "UTF8",
      inRecovery: false,
      isSuperuser: true,
      bypassesRowSecurity: true,
    });
    expect(inventory.server.freeConnections).toBeGreaterThan(10);
    expect(asRole.server).toMatchObject({ user: role.name, isSuperuser: false, bypassesRowSecurity: false });
  });

  it("holds every table that has rows of its own, and nothing else", () => {
    const generated = version >= 12 ? ["public.generated"] : [];
    expect(names(inventory.tables)).toEqual(
      [
        'Odd "Names".Tab.1',
        "closed.secret",
        ...["base", "fleeting", "forced", "guarded", "heir", "nothing", "part_2024", "plain", "toasted"].map(
          (one) => `public.${one}`,
        ),
        ...generated,
      ].sort(),
    );
    expect(names(inventory.sequences)).toEqual(["closed.hidden", "public.plain_id_seq"]);
  });

  it("knows columns, without those that are gone and with what is generated", () => {
    expect(table("plain").columns.map(({ name }) => name)).toEqual(["id", "note", "mood", "cost"]);
    expect(table("heir").columns.map(({ name }) => name)).toEqual(["id", "extra"]);
    expect(table("nothing").columns).toEqual([]);
    if (version < 12) return;
    expect(table("generated").columns.map(({ name, generated }) => [name, generated])).toEqual([
      ["a", false],
      ["b", true],
    ]);
  });

  it("measures a table with its TOAST, and its heap by itself", () => {
    expect(table("toasted").bytes).toBeGreaterThan(1_000_000);
    expect(table("toasted").pages).toBe(1);
    expect(table("plain")).toMatchObject({ estimatedRows: 1000, unlogged: false });
    expect(table("nothing")).toMatchObject({ bytes: 0, pages: 0, estimatedRows: 0 });
    expect(table("fleeting").unlogged).toBe(true);
  });

  it("orders materialized views by what they read, through views", () => {
    const byName = new Map(inventory.materializedViews.map((view) => [view.name, view]));
    expect([...byName.keys()].sort()).toEqual(["m_one", "m_two"]);
    expect(byName.get("m_one")?.reads).toEqual([]);
    expect(byName.get("m_two")?.reads).toEqual([byName.get("m_one")?.oid]);
  });

  it("tells which columns travel as binary", () => {
    const types = new Map(inventory.types.map((type) => [type.oid, type]));
    const portable = (name: string) =>
      table(name).columns.map((column) => [column.name, travelsAsBinary(column.typeOid, types)]);
    expect(portable("plain").every(([, binary]) => binary)).toBe(true);
    expect(Object.fromEntries(portable("Tab.1"))).toEqual({
      pairs: false,
      moods: false,
      numbers: true,
      name: true,
      rel: false,
    });
  });

  it("sees what is around the tables", () => {
    const { schemas, roles, extensions } = inventory.surroundings;
    expect(schemas).toEqual(['Odd "Names"', "closed", "public"]);
    expect(roles).toContain(role.name);
    expect(extensions).toMatchObject([{ name: "plpgsql", version: "1.0" }]);
  });

  it("names the tables that a role may not lock, with what they are a partition of", () => {
    expect(inventory.surroundings.closed).toEqual([]);
    const { closed } = asRole.surroundings;
    expect(names(closed)).not.toContain("public.plain");
    expect(names(closed)).toEqual(expect.arrayContaining(["closed.secret", "public.parent", "public.guarded"]));
    const part = closed.find(({ name }) => name === "part_2024");
    expect(part?.ancestors).toEqual([{ schema: "public", name: "parent" }]);
    expect(closed.find(({ name }) => name === "heir")?.ancestors).toEqual([]);
  });

  it("counts large objects, and those that a role may not read", () => {
    expect(inventory.largeObjects).toMatchObject({ count: 4, unreadable: 0, starts: [expect.any(Number)] });
    expect(inventory.largeObjects.bytes).toBeGreaterThan(0);
    expect(asRole.largeObjects).toMatchObject({ count: 4, unreadable: 2 });
  });

  it("tells what a plain role may read", () => {
    expect(table("plain", asRole)).toMatchObject({ readable: true, schemaUsable: true, rowsHidden: false });
    expect(table("toasted", asRole)).toMatchObject({ readable: false, schemaUsable: true });
    expect(table("secret", asRole)).toMatchObject({ readable: true, schemaUsable: false });
    expect([table("guarded", asRole).rowsHidden, table("forced", asRole).rowsHidden]).toEqual([true, true]);
    // A superuser has every role; that it bypasses row security is told with the server.
    expect([table("guarded").rowsHidden, table("forced").rowsHidden]).toEqual([false, true]);
    expect(asRole.sequences.every(({ readable }) => !readable)).toBe(true);
    expect(asRole.tables).toHaveLength(inventory.tables.length);
  });
});
