import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { makeScene, query, type Scene, untilAlone } from "@/e2e/imports/scene";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";

const GONE_WITHIN_MS = 5_000;

/** Of most kinds something, and things that refer to each other. */
const SOURCE_SQL = `
  create schema shop;
  create extension if not exists hstore;
  create type shop.mood as enum ('glad', 'sad');
  create domain shop.price as numeric check (value >= 0);
  create type shop.pair as (a int, b text);
  create function shop.twice(n int) returns int language sql immutable as 'select n * 2';
  create table shop.owners (id serial primary key, best int, mood shop.mood, tags hstore);
  create table shop.pets (id int generated always as identity primary key, owner int references shop.owners,
                          price shop.price default shop.twice(4));
  alter table shop.owners add foreign key (best) references shop.pets;
  create table shop.days (day date, n int) partition by range (day);
  create table shop.may partition of shop.days for values from ('2026-05-01') to ('2026-06-01');
  create view shop.glad as select * from shop.owners where mood = 'glad';
  create materialized view shop.count as select count(*) from shop.glad;
  create aggregate shop.total (int) (sfunc = int4pl, stype = int, initcond = '0');
  create operator shop.=== (leftarg = int, rightarg = int, function = int4eq);
  create sequence public.numbers;
  create table public.wide (id int primary key, note text);
  insert into public.wide select n, repeat(md5(n::text), 10) from generate_series(1, 20000) n;
  select lo_from_bytea(70021, 'kept');`;

/** What somebody had in the target before, which a check lets pass: nothing that holds rows or runs. */
const BEFORE_SQL = `
  create schema mine;
  create type mine.colour as enum ('red');
  create type public.shape as enum ('round');
  create schema shop;`;

const PRESENT = `
  select 'relation ' || c.oid::regclass as what from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname !~ '^pg_|information_schema' and c.oid >= 16384 and c.relkind <> 'i'
  union all select 'routine ' || oid::regprocedure from pg_proc where oid >= 16384
  union all select 'type ' || oid::regtype from pg_type where oid >= 16384 and typcategory <> 'A'
  union all select 'operator ' || oid::regoperator from pg_operator where oid >= 16384
  union all select 'schema ' || nspname from pg_namespace where nspname !~ '^pg_(toast_)?temp'
  union all select 'extension ' || extname from pg_extension
  union all select 'large object ' || oid from pg_largeobject_metadata
  order by 1`;

let ferry: FerryRig;
let scene: Scene;

beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());
afterEach(() => scene?.close());

const present = async (spec: ConnectionSpec) => (await query<{ what: string }>(spec, PRESENT)).map(({ what }) => what);

async function copying(): Promise<string> {
  const options = { largeObjects: true, maxMegabytesPerSecond: 1 };
  const id = await ferry.create(scene.source.url, scene.target.url, options);
  await ferry.start(id);
  await ferry.until(id, "copying", ({ tables }) =>
    tables.some(({ name, bytesDone }) => name === "wide" && bytesDone > 0),
  );
  return id;
}

describe("a cancel that leaves the target clean", () => {
  it("takes away all that was made and nothing that was there, and no session stays on either side", async () => {
    scene = await makeScene(SOURCE_SQL);
    await query(scene.target.spec, BEFORE_SQL);
    const before = await present(scene.target.spec);
    const id = await copying();
    expect(await present(scene.target.spec)).not.toEqual(before);
    await Promise.all([ferry.cancel(id, true), ferry.cancel(id, true)]);
    expect(await untilAlone(scene)).toBeLessThan(GONE_WITHIN_MS);
    await ferry.untilCleanedUp(id);
    await untilAlone(scene);
    expect(await present(scene.target.spec)).toEqual(before);
    expect((await ferry.view(id)).events.filter(({ kind }) => kind.startsWith("clean_up"))).toEqual([]);
  });

  it("of a failed import keeps what others have made meanwhile, and says what that stands on", async () => {
    scene = await makeScene(SOURCE_SQL);
    const id = await copying();
    await query(ferry.metadata.spec, "update imports set status = 'failed' where id = $1", [id]);
    const other = "insert into _ferry.imports (import_id, epoch) values ('01JOTHER', 1)";
    await query(scene.target.spec, other);
    const theirs = "create table public.theirs (mood shop.mood); create view public.seen as select id from shop.pets";
    await query(scene.target.spec, theirs);
    await ferry.cancel(id, true);
    await ferry.untilCleanedUp(id);
    const left = await present(scene.target.spec);
    expect(left).toEqual(expect.arrayContaining(["relation theirs", "relation seen", "relation shop.pets"]));
    expect(left).not.toContain("relation wide");
    expect(left).not.toContain("relation shop.owners");
    const told = (await ferry.view(id)).events.find(({ kind }) => kind === "clean_up.left");
    expect(told?.message).toMatch(/shop\.pets/);
    expect(await query(scene.target.spec, "select import_id from _ferry.imports")).toEqual([{ import_id: "01JOTHER" }]);
  });
});
