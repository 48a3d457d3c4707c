import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, makeScene, query, type Scene, SOURCE } from "@/e2e/imports/scene";
import { testServer } from "@/e2e/servers/test-servers";

/** One table that takes several steps at this rate, with rows gone from its middle, and a bundle that takes two. */
const SOURCE_SQL = `
  create table public.large (id int primary key, note text);
  insert into public.large select n, repeat(md5(n::text), 25) from generate_series(1, 12000) n;
  delete from public.large where id between 3000 and 5000;
  alter table public.large add check (id > 0);
  ${Array.from(
    { length: 6 },
    (_, index) => `
  create table public.small_${index} (id int primary key, note text);
  insert into public.small_${index} select n, repeat(md5(n::text), 20) from generate_series(1, 1000) n;`,
  ).join("")}
  analyze`;
const TABLES = ["large", ...Array.from({ length: 6 }, (_, index) => `small_${index}`)].map((name) => `public.${name}`);
const BYTES_PER_SECOND = 2_000_000;

let ferry: FerryRig;
let scene: Scene;

beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());
afterEach(() => scene?.close());

/** By pages on the usual source; on an old one by key. */
const SOURCES = [SOURCE, 10].filter((version) => testServer.available(version as 10));

describe.each(SOURCES)("copies from Postgres %i that do not fit into a step", (version) => {
  it("are halved until they do, and everything arrives once", async () => {
    scene = await makeScene(SOURCE_SQL, await testServer(version as 10));
    scene.line.bytesPerSecond = BYTES_PER_SECOND;
    const id = await ferry.create(scene.lineUrl, scene.target.url, { stepBudgetSeconds: 2, lanes: 2 });
    await ferry.start(id);
    const view = await ferry.waitForEnd(id);
    expect(view.error).toBeNull();
    expect(view).toMatchObject({ status: "succeeded", verification: { status: "equal", differences: [] } });
    expect(await digests(scene.target.spec, TABLES)).toEqual(await digests(scene.source.spec, TABLES));

    const units = await query<{ id: string; subject: string; attempt: number }>(
      ferry.metadata.spec,
      "select id, subject, attempt from units where import_id = $1 and kind = 'copy' order by id",
      [id],
    );
    const ofLarge = units.filter(({ subject }) => subject.startsWith("public.large, part "));
    expect(ofLarge.length).toBeGreaterThanOrEqual(3);
    for (const unit of ofLarge) expect(unit.id).toMatch(/^copy:1(\/[12])+$/);
    const large = view.tables.find(({ name }) => name === "large");
    expect(large).toMatchObject({ state: "done", rowsDone: 9999, parts: ofLarge.length, partsDone: ofLarge.length });
    const split = view.events.filter(({ kind }) => kind === "unit.split").map(({ message }) => message);
    expect(split).toContain(
      "public.large does not fit into a step: cut into public.large, part 1 | public.large, part 2.",
    );
    expect(view.events.map(({ kind }) => kind)).not.toContain("unit.retry");
  });
});
