import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FerryRig, QUICK_RETRIES, startFerry } from "@/e2e/imports/ferry-rig";
import { makeScene, query, type Scene, SOURCE, TARGET, terminate } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import { type PrivateServer, privateServer, testServer } from "@/e2e/servers/test-servers";
import type { ImportView } from "@/lib/imports/view";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";

/** Bytes that do not get smaller when they are compressed. */
const NOISE = (bytes: number, seed: string) =>
  `(select substr(string_agg(decode(md5('${seed}' || n), 'hex'), ''), 1, ${bytes}) from generate_series(0, ${Math.ceil(bytes / 16)}) n)`;

const SIZES = [0, 1, 2_048, 2_049, 5_000_000];

const documents = (sizes: number[]) => `
  create table public.documents (id serial primary key, title text, body oid);
  ${sizes.map((size) => `insert into public.documents (title, body) values ('${size} bytes', lo_from_bytea(0, coalesce(${NOISE(size, `a${size}`)}, '')));`).join("\n")}`;

/** Holes at the beginning, in the middle and at the end; 2,048 bytes are a page of pg_largeobject. */
const SOURCE_SQL = `
  ${documents(SIZES)}
  insert into public.documents (title, body) values ('holes', lo_create(0)), ('zeros', lo_create(0)), ('alone', lo_create(0));
  select lo_put(body, 1500000, 'first'), lo_put(body, 5000001, 'second') from public.documents where title = 'holes';
  select lo_put(body, 2999999, '\\x00') from public.documents where title = 'zeros';
  select lo_create(4294967295);
  do $$ begin
    execute format('comment on large object %s is %L', (select body from public.documents where title = 'alone'), 'it''s alone');
  end $$;`;
const OBJECTS = SIZES.length + 4;

/** The last is longer than a step over a slow line, and begins with a hole. */
const LONG_SQL = `
  ${documents([1, 2_049, 9_000_000])}
  insert into public.documents (title, body) values ('long', lo_create(0));
  select lo_put(body, 6000000, ${NOISE(3_000_000, "b")}) from public.documents where title = 'long';`;
const LONG_OBJECTS = 4;

let ferry: FerryRig;
let scene: Scene;
/** Where nothing else writes: a snapshot that is lost has then been moved by the test alone. */
let quiet: PrivateServer;

beforeAll(async () => {
  quiet = await privateServer(SOURCE, { settings: { autovacuum: "off" } });
  ferry = await startFerry({ tuning: QUICK_RETRIES });
});
afterAll(async () => {
  await ferry?.stop();
  await quiet?.remove();
});
afterEach(() => scene?.close());

const objectsOf = (spec: ConnectionSpec) =>
  query<{ oid: string; length: number; digest: string; comment: string | null; title: string | null }>(
    spec,
    `select m.oid::text as oid, length(lo_get(m.oid)) as length, md5(lo_get(m.oid)) as digest,
            obj_description(m.oid, 'pg_largeobject') as comment, d.title
       from pg_largeobject_metadata m left join public.documents d on d.body = m.oid order by m.oid`,
  );

async function expectSame(): Promise<void> {
  expect(await objectsOf(scene.target.spec)).toEqual(await objectsOf(scene.source.spec));
}

async function expectArrived(view: ImportView, objects: number): Promise<void> {
  expect(view.error).toBeNull();
  expect(view).toMatchObject({ status: "succeeded", verification: { status: "equal", differences: [] } });
  expect(view.largeObjects).toMatchObject({ objects });
  await expectSame();
}

const finding = (view: ImportView, code: string) => view.findings.find((one) => one.code === code);
const isOnItsWay = ({ largeObjects }: ImportView) => (largeObjects?.bytes ?? 0) > 1_000_000;

/** The oldest, the usual and the newest; FERRY_LONG_TESTS asks for those in between. */
const SOURCES = testServer.versions(10, 18).filter((version) => LONG_TESTS || [10, SOURCE, 18].includes(version));

describe("an import with large objects", () => {
  it.each(SOURCES.map((version) => [version]))(
    "from %i brings them with their numbers, bytes and comments",
    async (version) => {
      scene = await makeScene(SOURCE_SQL, await testServer(version), await testServer(version > TARGET ? 18 : TARGET));
      const view = await ferry.view(await ferry.run(scene.source.url, scene.target.url, { largeObjects: true }));
      await expectArrived(view, OBJECTS);
      expect(view.largeObjects?.bytes).toBe(
        (await objectsOf(scene.source.spec)).reduce((sum, { length }) => sum + length, 0),
      );
      expect(finding(view, "size.large_objects")).toMatchObject({ severity: "info" });
      const space = "select pg_relation_size('pg_largeobject')::int as bytes";
      const [[from], [to]] = await Promise.all([
        query<{ bytes: number }>(scene.source.spec, space),
        query<{ bytes: number }>(scene.target.spec, space),
      ]);
      // The holes have not been filled, but for the last megabyte of the object that ends with zeros.
      expect(to?.bytes).toBeLessThan((from?.bytes ?? 0) + 1_000_000);
    },
  );

  it("leaves them where they are unless they are asked for, and says so", async () => {
    scene = await makeScene(SOURCE_SQL);
    const view = await ferry.view(await ferry.run(scene.source.url, scene.target.url));
    expect(view).toMatchObject({ status: "succeeded", error: null, largeObjects: null });
    expect(finding(view, "size.large_objects")).toMatchObject({
      severity: "warn",
      message: expect.stringMatching(/^The source holds 9 large objects/),
      remedy: expect.stringContaining("--large-objects"),
    });
    expect(await query(scene.target.spec, "select oid from pg_largeobject_metadata")).toEqual([]);
  });

  it("brings more than one unit holds", async () => {
    scene = await makeScene(`${SOURCE_SQL} select lo_from_bytea(0, n::text::bytea) from generate_series(1, 2500) n;`);
    const view = await ferry.view(await ferry.run(scene.source.url, scene.target.url, { largeObjects: true }));
    await expectArrived(view, OBJECTS + 2_500);
    expect(view.largeObjects).toMatchObject({ parts: 3, partsDone: 3 });
  });

  it.runIf(LONG_TESTS)("brings one that does not fit into a step in several units, two of them at once", async () => {
    scene = await makeScene(LONG_SQL);
    scene.line.bytesPerSecond = 3_000_000;
    const options = { largeObjects: true, stepBudgetSeconds: 4, lanes: 2 };
    const view = await ferry.view(await ferry.run(scene.lineUrl, scene.target.url, options));
    await expectArrived(view, LONG_OBJECTS);
    expect(view.events.map(({ kind }) => kind)).toContain("unit.split");
    expect(view.events.map(({ kind }) => kind)).not.toContain("unit.retry");
  });
});

describe("an import with large objects that is disturbed", () => {
  it("is whole after its line was cut in the middle of one", async () => {
    scene = await makeScene(SOURCE_SQL);
    scene.line.bytesPerSecond = 2_000_000;
    const id = await ferry.create(scene.lineUrl, scene.target.url, { largeObjects: true });
    await ferry.start(id);
    await ferry.until(id, "in the middle", isOnItsWay);
    scene.line.cutAll();
    scene.line.bytesPerSecond = Number.POSITIVE_INFINITY;
    await expectArrived(await ferry.waitForEnd(id), OBJECTS);
  });

  const states: [string, number, { stepBudgetSeconds?: number }, number][] = [
    ["whole units", 1_500_000, {}, 1],
    ["units that were cut", 3_000_000, { stepBudgetSeconds: 4 }, 3],
  ];
  it.each(states.slice(0, LONG_TESTS ? 2 : 1))(
    "brings the present ones when the snapshot is lost and the source has moved: %s",
    async (_what, speed, more, done) => {
      scene = await makeScene(LONG_SQL, quiet);
      // A unit of their own, which is done by the time that some of them go.
      await query(scene.source.spec, "select lo_from_bytea(1000 + n, 'x') from generate_series(1, 1200) n");
      scene.line.bytesPerSecond = speed;
      const id = await ferry.create(scene.lineUrl, scene.target.url, { largeObjects: true, lanes: 1, ...more });
      await ferry.start(id);
      await ferry.until(id, "in the middle", (view) => isOnItsWay(view) && (view.largeObjects?.partsDone ?? 0) >= done);
      // What is left lasts until somebody misses the snapshot.
      scene.line.bytesPerSecond = 300_000;
      await query(
        scene.source.spec,
        `select lo_unlink(oid) from pg_largeobject_metadata where oid between 1001 and 1150;
       select lo_put(body, 0, 'changed') from public.documents where title in ('9000000 bytes', 'long');
       select lo_unlink(body) from public.documents where title = '2049 bytes';
       select lo_from_bytea(500, 'new'), lo_from_bytea(4000000000, 'new');`,
      );
      // Two of them, while one takes over from the other.
      expect(await terminate(scene.source.spec, `ferry ${id} snapshot`)).toBeGreaterThan(0);
      await ferry.until(id, "missing its snapshot", ({ events }) =>
        events.some(({ kind }) => kind === "snapshot.lost"),
      );
      scene.line.bytesPerSecond = Number.POSITIVE_INFINITY;
      const view = await ferry.waitForEnd(id);
      expect(view.events.map(({ kind }) => kind)).toContain("snapshot.new");
      await expectArrived(view, LONG_OBJECTS + 1_200 - 150 - 1 + 2);
    },
  );
});

describe("an import with large objects that is refused before anything is begun", () => {
  it("where a role may not read one of them, with the script that helps", async () => {
    const server = await testServer(SOURCE);
    scene = await makeScene(SOURCE_SQL);
    const reader = await server.createRole({ database: scene.source.spec.database });
    try {
      await query(
        scene.source.spec,
        `grant select on all tables in schema public to "${reader.name}";
         grant select on all sequences in schema public to "${reader.name}";
         do $$ declare o oid; begin
           for o in select m.oid from pg_largeobject_metadata m where m.oid <> (select body from public.documents where title = 'alone') loop
             execute format('grant select on large object %s to "${reader.name}"', o);
           end loop;
         end $$;`,
      );
      const id = await ferry.create(reader.url, scene.target.url, { largeObjects: true });
      const blocked = await ferry.view(id);
      expect(blocked.status).toBe("blocked");
      expect(finding(blocked, "privileges.large_objects")?.message).toBe(
        `User ${reader.name} may not read 1 large object of 9.`,
      );
      await query(scene.source.spec, finding(blocked, "privileges.large_objects")?.sql ?? "");
      await ferry.check(id);
      await ferry.start(id);
      await expectArrived(await ferry.waitForEnd(id), OBJECTS);
    } finally {
      await reader.drop();
    }
  });

  it("where the target has some of its own, which are left alone", async () => {
    scene = await makeScene(SOURCE_SQL);
    await query(scene.target.spec, "select lo_from_bytea(4294967295, 'mine')");
    const id = await ferry.create(scene.source.url, scene.target.url, { largeObjects: true });
    expect(finding(await ferry.view(id), "target.large_objects")).toMatchObject({ severity: "block" });
    await expect(ferry.start(id)).rejects.toThrow();
    const mine = "select oid::text, convert_from(lo_get(oid), 'UTF8') as text from pg_largeobject_metadata";
    expect(await query(scene.target.spec, mine)).toEqual([{ oid: "4294967295", text: "mine" }]);
  });
});
