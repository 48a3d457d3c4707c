import { afterAll, beforeAll, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, makeScene, query, type Scene, untilAlone } from "@/e2e/imports/scene";

const TABLES = Array.from({ length: 12 }, (_, index) => `public.t${index}`);

/** Each is a unit of its own. */
const SOURCE_SQL = TABLES.map(
  (table, index) => `
  create table ${table} (id int primary key, note text);
  insert into ${table} select n, repeat(md5((n + ${index})::text), 25) from generate_series(1, 5500) n;`,
).join("");

let ferry: FerryRig;
let scene: Scene;

beforeAll(async () => {
  ferry = await startFerry();
  scene = await makeScene(SOURCE_SQL);
});
afterAll(async () => {
  await scene?.close();
  await ferry?.stop();
});

type LaneReport = Awaited<ReturnType<typeof import("@/lib/imports/run/work-lane").workLane>>;

/** An engine that believes a call lost makes it again while the first is still at work. */
it("steps that an engine runs twice at once do each unit once", async () => {
  const { workLane } = await import("@/lib/imports/run/work-lane");
  const { keepSnapshot } = await import("@/lib/imports/run/keep-snapshot");
  const { openEpoch } = await import("@/lib/imports/run/open-epoch");
  const { planImport } = await import("@/lib/imports/run/make-plan");
  const { finishImport } = await import("@/lib/imports/run/finish-import");
  scene.line.bytesPerSecond = 8_000_000;
  const id = await ferry.create(scene.lineUrl, scene.target.url, { lanes: 2 });
  await ferry.start(id);
  await ferry.until(id, "copying", ({ progress }) => progress.bytesDone > 0);
  const askForSuccessor = async () => {};
  const doubles = await Promise.all([
    ...[1, 1, 2, 2].map((lane) => workLane({ importId: id, run: 1, epoch: 1, lane })),
    keepSnapshot({ importId: id, epoch: 1, generation: 1, attempt: "double", askForSuccessor }),
    openEpoch(id, 1, 1),
    planImport(id, 1, 1),
  ]);
  // One that wakes when the import has ended already says that it was stopped.
  for (const end of doubles.slice(0, 4)) expect(["done", "stopped"]).toContain((end as LaneReport).end);
  const view = await ferry.waitForEnd(id);
  await finishImport(id, 1);

  expect(view).toMatchObject({ status: "succeeded", verification: { status: "equal" } });
  expect(await digests(scene.target.spec, TABLES)).toEqual(await digests(scene.source.spec, TABLES));
  const [done] = await query(
    ferry.metadata.spec,
    `select count(*)::int as units, count(*) filter (where state = 'done' and waiting_on = 0)::int as done,
            sum(rows_done) filter (where kind = 'copy')::int as rows
       from units where import_id = $1`,
    [id],
  );
  expect(done).toMatchObject({ done: (done as { units: number }).units, rows: TABLES.length * 5500 });
  expect(view.events.filter(({ kind }) => kind === "import.succeeded")).toHaveLength(1);
  await untilAlone(scene);
});
