import { afterAll, beforeAll, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { makeScene, query, type Scene, SOURCE, TARGET } from "@/e2e/imports/scene";
import { testServer } from "@/e2e/servers/test-servers";
import type { ImportOptions } from "@/lib/plan/options";

let ferry: FerryRig;
beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());

/** Imports with the preview told beforehand, and hands over both. */
async function importOf(scene: Scene, sourceUrl: string, options: Partial<ImportOptions> = {}) {
  const { previewImport } = await import("@/lib/imports/preview-import");
  const id = await ferry.create(sourceUrl, scene.target.url, options);
  const preview = await previewImport({ id });
  await ferry.start(id);
  const view = await ferry.waitForEnd(id);
  expect(view.error).toBeNull();
  expect(view.verification).toMatchObject({ status: "equal", differences: [] });
  // What was announced is what came.
  expect(preview.blocked).toEqual([]);
  expect(view.skipped).toEqual(preview.leftOut);
  return { preview, view };
}

it("keeps owners and grants when asked to, and creates the roles that are missing", async () => {
  const [writer, reader] = await Promise.all([1, 2].map(async () => (await testServer(SOURCE)).createRole()));
  if (!writer || !reader) throw new Error("There are two roles.");
  const scene = await makeScene(`
    create schema shop authorization ${writer.name};
    create table shop.orders (id int generated always as identity primary key, total numeric);
    insert into shop.orders (total) select generate_series(1, 100);
    alter table shop.orders owner to ${writer.name};
    grant select on shop.orders to ${reader.name};`);
  const { view } = await importOf(scene, scene.source.url, { owners: { mode: "keep" } });
  expect(view.skipped).toEqual([]);
  const [row] = await query(
    scene.target.spec,
    `select tableowner, has_table_privilege('${reader.name}', 'shop.orders', 'select') as "mayRead"
       from pg_tables where tablename = 'orders'`,
  );
  expect(row).toEqual({ tableowner: writer.name, mayRead: true });
  await scene.close();
  const roles = `drop role if exists ${writer.name}, ${reader.name}`;
  await query((await testServer(TARGET)).superuser, roles);
  await Promise.all([writer.drop(), reader.drop()]);
});

it("moves a provider's extensions to where they belong, and leaves Ferry's own ledger where it is", async () => {
  const scene = await makeScene(`
    create schema heroku_ext;
    create extension citext with schema heroku_ext;
    create schema _ferry;
    create table _ferry.ledger (id int);
    create table public.people (mail heroku_ext.citext primary key);
    insert into public.people select 'a' || n || '@example.org' from generate_series(1, 50) n;`);
  const { view } = await importOf(scene, scene.source.url);
  expect(view.skipped).toEqual([{ object: "schema heroku_ext", reason: "a schema of Heroku" }]);
  const [row] = await query(
    scene.target.spec,
    `select count(*)::int as count, min(pg_typeof(mail)::oid::regtype::text) as type, to_regnamespace('_ferry') as ledger
       from public.people where mail = upper(mail::text)::public.citext`,
  );
  expect(row).toEqual({ count: 50, type: "citext", ledger: null });
  await scene.close();
});

it("takes one schema through a role that may read no other", async () => {
  const scene = await makeScene(`
    create schema shop;
    create schema hr;
    create table hr.salaries (id int primary key, amount numeric);
    create table hr.parts (id int) partition by range (id);
    create table shop.orders (id serial primary key, total numeric);
    insert into shop.orders (total) select generate_series(1, 100);
    create view shop.large as select * from shop.orders where total > 50;`);
  const reader = await (await testServer(SOURCE)).createRole({ database: scene.source.spec.database });
  await query(
    scene.source.spec,
    `grant usage on schema shop to ${reader.name};
     grant select on all tables in schema shop to ${reader.name};
     grant select on all sequences in schema shop to ${reader.name}`,
  );
  const { preview } = await importOf(scene, reader.url, { schemas: ["shop"] });
  expect(preview.leftOut).toContainEqual({ object: "schema hr", reason: "it is outside of what was chosen" });
  expect(await query(scene.target.spec, "select count(*)::int as count from shop.large")).toEqual([{ count: 50 }]);
  await reader.drop();
  await scene.close();
});
