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
    ...[1, 1, 2, 2].map((lane) => workLane({ importId: id, epoch: 1, lane })),
    keepSnapshot({ importId: id, epoch: 1, generation: 1, attempt: "double", askForSuccessor }),
    openEpoch(id, 1),
    planImport(id, 1),
  ]);
  // One that wakes when the import has ended already says that it was stopped.
  for (const end of doubles.slice(0, 4)) expect(["done", "stopped"]).toContain((end as LaneReport).end);
  const view = await ferry.waitForEnd(id);
  await finishImport(id);

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
  await untilAlone(scene);
  // Its line in the log is written just after the end is seen.
  const { events } = await ferry.view(id);
  expect(events.filter(({ kind }) => kind === "import.succeeded")).toHaveLength(1);
});

/** It would wait for a keeper that nobody asked for, with a session on the source, for half of its budget. */
it("a plan that comes when its import is over leaves at once", async () => {
  const { planImport } = await import("@/lib/imports/run/make-plan");
  const id = await ferry.create(scene.lineUrl, scene.target.url);
  // Until the session is open it is noticed that the import does not run.
  scene.line.delayMs = 500;
  const startedAt = performance.now();
  expect(await planImport(id, 1)).toBe("stopped");
  expect(performance.now() - startedAt).toBeLessThan(30_000);
  await untilAlone(scene);
});

it("a target that is prepared while another call goes to the end keeps no ledger", async () => {
  const { prepareTarget } = await import("@/lib/imports/run/prepare");
  const { armFailpoints } = await import("@/lib/failpoints");
  const id = await ferry.create(scene.source.url, scene.target.url);
  const become = (status: string) =>
    query(ferry.metadata.spec, "update imports set status = $2 where id = $1", [id, status]);
  await become("running");
  armFailpoints((name) => (name === "prepare.recorded" ? become("succeeded").then(() => {}) : undefined));
  await prepareTarget(id).finally(() => armFailpoints(() => undefined));
  expect(await query(scene.target.spec, "select nspname from pg_namespace where nspname = '_ferry'")).toEqual([]);
});

it("a keeper that comes when the import is over does not stay", async () => {
  const { heartbeat, recordHolder } = await import("@/lib/snapshot/holders");
  const id = await ferry.create(scene.source.url, scene.target.url);
  const key = { importId: id, epoch: 1, generation: 1, holder: "late" };
  await recordHolder(key, { name: "00000003-00000002-1", horizon: "10:10:" });
  const become = (status: string) =>
    query(ferry.metadata.spec, "update imports set status = $2 where id = $1", [id, status]);
  await become("running");
  expect(await heartbeat(key)).toEqual({ releaseAsked: false });
  await become("succeeded");
  expect(await heartbeat(key)).toEqual({ releaseAsked: true });
});
