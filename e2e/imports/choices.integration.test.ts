import { describe, expect, it } from "vitest";
import { ferryAndScene } from "@/e2e/imports/ferry-and-scene";
import { digests, makeScene, query, type Scene } from "@/e2e/imports/scene";
import type { ImportView } from "@/lib/imports/view";
import type { ImportOptions } from "@/lib/plan/options";

const SOURCE_SQL = `
  create schema crm;
  create schema "My Stock";
  create type public.mood as enum ('fine', 'so so');
  create table public.orders (id int generated always as identity primary key, mood public.mood, total numeric);
  insert into public.orders (mood, total) select 'fine', n * 1.5 from generate_series(1, 500) n;
  create table public.lines (
    id bigserial primary key, order_id int not null references public.orders, price numeric,
    doubled numeric generated always as (price * 2) stored);
  insert into public.lines (order_id, price) select 1 + n % 500, n from generate_series(1, 2000) n;
  create table public.audit (at timestamptz default now(), message text);
  insert into public.audit (message) select 'line ' || n from generate_series(1, 300) n;
  create table public.nothing ();
  insert into public.nothing default values;
  insert into public.nothing default values;
  create table crm.people (id int primary key, name text, tags public.mood[]);
  insert into crm.people select n, 'person ' || n, array['fine']::public.mood[] from generate_series(1, 100) n;
  create table "My Stock"."Shelf.1" (id int primary key, note text);
  insert into "My Stock"."Shelf.1" values (1, E'tab\\t and\\nnewline'), (2, null), (3, '');
  create view public.totals as select order_id, sum(price) as sum from public.lines group by order_id;
  create materialized view public.best as select * from public.totals order by sum desc limit 10;
  create materialized view public.best_sum as select sum(sum) as sum from public.best;
  create index on public.best (order_id);`;

const { ferry, scene } = ferryAndScene(SOURCE_SQL);

/** Imports into a target of its own, so that choices do not meet. */
async function importWith(options: Partial<ImportOptions>): Promise<{ view: ImportView; other: Scene }> {
  const other = await makeScene("select 1");
  const view = await ferry.view(await ferry.run(scene.source.url, other.target.url, options));
  expect(view.error).toBeNull();
  expect(view.verification.differences).toEqual([]);
  return { view, other };
}

const relations = async ({ target }: Scene) =>
  (
    await query<{ name: string }>(
      target.spec,
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'v', 'm') and n.nspname not like 'pg%' and n.nspname <> 'information_schema' order by 1`,
    )
  ).map(({ name }) => name);

const TABLES = ["public.orders", "public.lines", "public.audit", "public.nothing", "crm.people"];

describe("an import", () => {
  it("of everything brings every kind of table, and sequences go on where they stood", async () => {
    const { view, other } = await importWith({});
    expect(view.status).toBe("succeeded");
    const names = [...TABLES, "public.best", "public.best_sum"];
    expect(await digests(other.target.spec, names)).toEqual(await digests(scene.source.spec, names));
    expect(await query(other.target.spec, `select * from "My Stock"."Shelf.1" order by id`)).toEqual(
      await query(scene.source.spec, `select * from "My Stock"."Shelf.1" order by id`),
    );
    const [next] = await query(
      other.target.spec,
      `insert into public.lines (order_id, price) values (1, 5) returning id::int, doubled::int`,
    );
    expect(next).toEqual({ id: 2001, doubled: 10 });
    const [order] = await query(other.target.spec, "insert into public.orders (total) values (1) returning id");
    expect(order).toEqual({ id: 501 });
    expect(view.tables.map(({ rowsDone }) => rowsDone).reduce((sum, rows) => sum + rows, 0)).toBe(2905);
    expect(view.progress.fraction).toBe(1);
    await other.close();
  });

  it("of the schema only brings no row", async () => {
    const { view, other } = await importWith({ content: "schema" });
    expect(view.status).toBe("succeeded");
    expect(await relations(other)).toEqual(await relations({ ...scene, target: scene.source }));
    const empty = await digests(other.target.spec, TABLES);
    expect(Object.values(empty)).toEqual(TABLES.map(() => "0 "));
    const [next] = await query(other.target.spec, "select nextval('public.lines_id_seq')::int as id");
    expect(next).toEqual({ id: 1 });
    await other.close();
  });

  it("of one schema brings that schema and what it needs", async () => {
    const { view, other } = await importWith({ schemas: ["crm"] });
    expect(view.status).toBe("succeeded");
    expect(await relations(other)).toEqual(["crm.people"]);
    expect(await digests(other.target.spec, ["crm.people"])).toEqual(await digests(scene.source.spec, ["crm.people"]));
    expect(view.skipped.length).toBeGreaterThan(0);
    await other.close();
  });

  it("of chosen tables brings those with their sequences", async () => {
    const { other } = await importWith({ tables: ["public.audit", "public.orders", '"My Stock"."Shelf.1"'] });
    expect(await relations(other)).toEqual(["My Stock.Shelf.1", "public.audit", "public.orders"]);
    const [order] = await query(other.target.spec, "insert into public.orders (total) values (1) returning id");
    expect(order).toEqual({ id: 501 });
    await other.close();
  });

  it("without a table leaves out what would not stand without it", async () => {
    const { view, other } = await importWith({ excludeTables: ["public.orders"], excludeTableData: ["public.audit"] });
    const names = await relations(other);
    expect(names).not.toContain("public.orders");
    expect(names).toContain("public.lines");
    expect(view.skipped.map(({ object }) => object).join()).toContain("orders");
    expect(await digests(other.target.spec, ["public.audit"])).toEqual({ "public.audit": "0 " });
    expect(await digests(other.target.spec, ["public.lines"])).toEqual(
      await digests(scene.source.spec, ["public.lines"]),
    );
    await other.close();
  });

  it("that compares nothing says so", async () => {
    const { view, other } = await importWith({ verify: "none", schemas: ["crm"] });
    expect(view.verification).toMatchObject({ status: "not_asked", compared: 0 });
    expect(view.headline).toBe("Imported. Verification was switched off.");
    expect(view.events.map(({ message }) => message)).toContain("Imported; nothing was compared.");
    await other.close();
  });
});
