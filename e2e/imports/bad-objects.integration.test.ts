import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { importReport } from "@/bin/cli/report";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, makeScene, ONE_VERSION, query, type Scene, TARGET } from "@/e2e/imports/scene";
import { type TestRole, testServer } from "@/e2e/servers/test-servers";
import { connectionUrl } from "@/lib/postgres/connection-url";

/** What arrives in any case. */
const GOOD = `
  create table public.customers (id int primary key, name text not null);
  insert into public.customers select n, 'customer ' || n from generate_series(1, 200) n;
  create table public.orders (id int primary key, customer int not null references public.customers);
  insert into public.orders select n, 1 + n % 200 from generate_series(1, 500) n;
  create index on public.orders (customer);
  create view public.busy as select customer, count(*) as orders from public.orders group by 1;
  create function public.stamp() returns trigger language plpgsql as $$ begin return new; end $$;
  create trigger stamp before update on public.orders for each row execute function public.stamp();`;
const GOOD_TABLES = ["public.customers", "public.orders"];

let ferry: FerryRig;
let scene: Scene;
/** Owns the target and is no superuser, as everywhere in a cloud. */
let owner: TestRole;

beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());
afterEach(async () => {
  await scene?.close();
  await owner?.drop();
});

/** A source with all that is good and more, and a target that belongs to a plain role. */
async function prepare(more: string): Promise<string> {
  scene = await makeScene(GOOD + more);
  owner = await (await testServer(TARGET)).createRole();
  const { database } = scene.target.spec;
  await query(scene.target.spec, `alter database "${database}" owner to "${owner.name}"`);
  return connectionUrl({ ...owner.spec, database });
}

/** Names of whatever there is in `public`, but for what belongs to an extension. */
async function names(side: "source" | "target"): Promise<string[]> {
  const rows = await query<{ name: string }>(
    scene[side].spec,
    `select name from (
       select 'pg_class'::regclass as class, oid, relname as name from pg_class where relnamespace = 'public'::regnamespace
        union all select 'pg_proc'::regclass, oid, proname from pg_proc where pronamespace = 'public'::regnamespace
        union all select 'pg_trigger'::regclass, oid, tgname from pg_trigger where not tgisinternal
        union all select 'pg_constraint'::regclass, oid, conname from pg_constraint
                   where connamespace = 'public'::regnamespace and contypid = 0 and contype <> 'n') found
      where not exists (select from pg_depend d where d.classid = class and d.objid = oid and d.deptype = 'e')
      order by name`,
  );
  return rows.map(({ name }) => name);
}

describe.skipIf(ONE_VERSION)("an import of objects that the target refuses or that may not be created there", () => {
  it("names each with its kind and the reason, and everything else arrives", async () => {
    const targetUrl = await prepare(`
      create view public.writer as select checkpoints_timed from pg_stat_bgwriter;
      create view public.writers as select count(*) from public.writer;
      create function public.bucket(id int) returns int language sql immutable as
        $$ select case when current_setting('server_version_num')::int >= 160000 then 0 else id end $$;
      create unique index one_bucket on public.orders (public.bucket(id));
      create function public.quick(text) returns text language internal as 'textin';
      create extension cube;
      create extension earthdistance;`);
    const view = await ferry.view(await ferry.run(scene.source.url, targetUrl));
    expect(view).toMatchObject({ status: "differences", error: { code: "verify.differences" } });
    const { verification, skipped } = importReport(view, 1);
    const differences = verification.differences.map(
      ({ subject, target, detail }) => `${subject} ${target}: ${detail}`,
    );
    expect(differences.sort()).toEqual([
      'index public.one_bucket missing: could not create unique index "one_bucket" (Key (public.bucket(id))=(0) is duplicated.)',
      "view public.writer missing: column pg_stat_bgwriter.checkpoints_timed does not exist",
      'view public.writers missing: relation "public.writer" does not exist',
    ]);
    expect(skipped).toEqual(
      expect.arrayContaining([
        {
          object: "extension earthdistance",
          reason: "on the target only a superuser may create this extension; nothing in the definitions uses it",
        },
        {
          object: "function public.quick(text)",
          reason: "creating a routine in language internal needs a superuser on the target",
        },
      ]),
    );
    const missing = ["one_bucket", "quick", "writer", "writers"];
    expect(await names("target")).toEqual((await names("source")).filter((name) => !missing.includes(name)));
    expect(await digests(scene.target.spec, GOOD_TABLES)).toEqual(await digests(scene.source.spec, GOOD_TABLES));
  });
});

describe("an import of tables that cannot come", () => {
  it("stops before anything is created, and names all of them with the reason; without them it goes through", async () => {
    const targetUrl = await prepare(`
      create extension cube;
      create extension earthdistance;
      create table public.places (id int primary key, at earth);
      create type public.tag;
      create function public.tag_in(cstring) returns public.tag language internal immutable strict as 'textin';
      create function public.tag_out(public.tag) returns cstring language internal immutable strict as 'textout';
      create type public.tag (input = public.tag_in, output = public.tag_out, like = text);
      create table public.labels (id int primary key, tag public.tag);`);
    const early = await ferry.view(await ferry.create(scene.source.url, targetUrl));
    expect(early.status).toBe("blocked");
    const blocks = early.findings.filter(({ severity }) => severity === "block");
    expect(blocks.map(({ message }) => message)).toEqual([
      "Extension earthdistance cannot come: on the target only a superuser may create this extension, and it is needed by table public.places.",
    ]);
    // What only the schema tells is told when it is read.
    const id = await ferry.create(scene.source.url, targetUrl, { excludeTables: ["public.places"] });
    await ferry.start(id);
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "blocked", error: { code: "check.blocked" } });
    expect(importReport(view, 1).error?.what).toBe(
      "A check found something that stops this import: table public.labels: it needs type public.tag, which is left out.",
    );
    expect(await names("target")).toEqual([]);

    const rest = { excludeTables: ["public.places", "public.labels"] };
    const without = await ferry.view(await ferry.run(scene.source.url, targetUrl, rest));
    expect(without).toMatchObject({ status: "succeeded", error: null, verification: { differences: [] } });
    expect(without.skipped.map(({ object }) => object)).toEqual(
      expect.arrayContaining(["extension earthdistance", "table public.labels", "table public.places"]),
    );
    expect(await digests(scene.target.spec, GOOD_TABLES)).toEqual(await digests(scene.source.spec, GOOD_TABLES));
  });

  it("stops at those that the target refuses, names all of them, and goes on when it is put right", async () => {
    const targetUrl = await prepare(`
      create table public.hosts (id int primary key, address inet);
      create table public.cards (id int primary key, address macaddr);`);
    await query(scene.target.spec, "revoke usage on type inet, macaddr from public");
    const id = await ferry.run(scene.source.url, targetUrl);
    const view = await ferry.view(id);
    expect(view).toMatchObject({ status: "failed", error: { code: "schema.entry_failed" } });
    expect(importReport(view, 1).error?.what).toBe(
      "The target refused table public.cards: permission denied for type macaddr; table public.hosts: permission denied for type inet.",
    );
    expect(await names("target")).toEqual([]);

    await query(scene.target.spec, "grant usage on type inet, macaddr to public");
    await ferry.retry(id);
    expect(await ferry.waitForEnd(id)).toMatchObject({ status: "succeeded", verification: { differences: [] } });
    expect(await names("target")).toEqual(await names("source"));
  });
});
