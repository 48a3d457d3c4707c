import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, makeScene, query, type Scene, SOURCE, terminate } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import { type PrivateServer, privateServer } from "@/e2e/servers/test-servers";
import type { ImportView } from "@/lib/imports/view";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";

/** Large enough that a slow line leaves time to break something in the middle. */
const SOURCE_SQL = `
  create table public.parents (id int primary key, note text);
  insert into public.parents select n, md5(n::text) from generate_series(1, 20000) n;
  create table public.children (id serial primary key, parent int references public.parents, note text);
  insert into public.children (parent, note) select 1 + n % 20000, repeat(md5(n::text), 5) from generate_series(1, 40000) n;
  create index on public.children (parent);
  create table public.counters (id int primary key, value int);
  insert into public.counters values (1, 0);
  create function public.stamp() returns trigger language plpgsql as $$ begin new.note := 'stamped'; return new; end $$;
  create trigger stamp before insert on public.children for each row execute function public.stamp();`;
const TABLES = ["public.parents", "public.children", "public.counters"];
const SLOW_BYTES_PER_SECOND = 1_000_000;

let ferry: FerryRig;
let scene: Scene;
/** Where nothing else writes: a snapshot that is lost can be taken anew only while the whole server is at rest. */
let quiet: PrivateServer;

beforeAll(async () => {
  quiet = await privateServer(SOURCE, { settings: { autovacuum: "off" } });
  ferry = await startFerry();
});
afterAll(async () => {
  await ferry?.stop();
  await quiet?.remove();
});
beforeEach(async () => {
  scene = await makeScene(SOURCE_SQL, quiet);
});
afterEach(() => scene?.close());

/** An import that is in the middle of copying over a slow line. */
async function copying(): Promise<string> {
  scene.line.bytesPerSecond = SLOW_BYTES_PER_SECOND;
  const id = await ferry.create(scene.lineUrl, scene.target.url);
  await ferry.start(id);
  await ferry.until(id, "copying", ({ tables }) =>
    tables.some(({ name, bytesDone }) => name === "children" && bytesDone > 0),
  );
  return id;
}

async function arrived(id: string): Promise<ImportView> {
  scene.line.bytesPerSecond = Number.POSITIVE_INFINITY;
  const view = await ferry.waitForEnd(id);
  expect(view.error).toBeNull();
  expect(view.verification).toMatchObject({ status: "equal", differences: [] });
  expect(await digests(scene.target.spec, TABLES)).toEqual(await digests(scene.source.spec, TABLES));
  return view;
}

const kinds = (view: ImportView) => view.events.map(({ kind }) => kind);

describe("an import whose sessions are ended in the middle of copying", () => {
  const sides: [string, () => ConnectionSpec][] = [
    ["on the source", () => scene.source.spec],
    ["on the target", () => scene.target.spec],
  ];
  it.each(sides.slice(0, LONG_TESTS ? 2 : 1))("%s goes on and is whole", async (_side, spec) => {
    const id = await copying();
    expect(await terminate(spec(), `ferry ${id} lane %`)).toBeGreaterThan(0);
    const view = await arrived(id);
    expect(kinds(view)).toContain("unit.retry");
    expect(kinds(view)).not.toContain("snapshot.new");
  });

  it("is whole after its line was cut everywhere at once", async () => {
    const id = await copying();
    scene.line.cutAll();
    await arrived(id);
  });
});

describe("an import whose snapshot is lost in the middle of copying", () => {
  it("goes on where it was while the source has not moved", async () => {
    const id = await copying();
    expect(await terminate(scene.source.spec, `ferry ${id} snapshot`)).toBe(1);
    const view = await arrived(id);
    expect(kinds(view)).not.toContain("snapshot.new");
  });

  it("copies everything again when the source has moved, and never mixes the two", async () => {
    const id = await copying();
    await query(
      scene.source.spec,
      "update public.counters set value = value + 1; delete from public.parents where id > 19990 and not exists (select from public.children c where c.parent = parents.id)",
    );
    expect(await terminate(scene.source.spec, `ferry ${id} snapshot`)).toBe(1);
    // At full speed the lanes would have read everything under the old snapshot before anyone misses it.
    await ferry.until(id, "missing its snapshot", (view) => kinds(view).includes("snapshot.lost"));
    const view = await arrived(id);
    expect(kinds(view)).toContain("snapshot.new");
    expect(await query(scene.target.spec, "select value from public.counters")).toEqual([{ value: 1 }]);
  });
});

describe("an import whose source is changed in ways that a snapshot does not cover", () => {
  it.each([
    ["truncated", "truncate public.counters; insert into public.counters values (7, 7)"],
    [
      "rewritten",
      "alter table public.counters alter column value type bigint; alter table public.counters alter column value type int",
    ],
  ])("copies everything again after a table was %s", async (_how, sql) => {
    scene.line.bytesPerSecond = SLOW_BYTES_PER_SECOND;
    const id = await ferry.create(scene.lineUrl, scene.target.url, { lanes: 1 });
    await ferry.start(id);
    await ferry.until(id, "copying", ({ tables }) => tables.some(({ bytesDone }) => bytesDone > 0));
    // The largest are copied first: this one has not been read yet.
    await query(scene.source.spec, sql);
    const view = await arrived(id);
    expect(kinds(view)).toContain("source.table_rewritten");
    expect(kinds(view)).toContain("snapshot.new");
  });
});
