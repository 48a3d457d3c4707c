import { afterAll, beforeAll, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, makeScene, query, type Scene, untilAlone } from "@/e2e/imports/scene";
import { armFailpoints, type Failpoint } from "@/lib/failpoints";
import type { ImportStatus } from "@/lib/imports/status";

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
  await untilAlone(scene);
  // Its line in the log is written just after the end is seen.
  const { events } = await ferry.view(id);
  expect(events.filter(({ kind }) => kind === "import.succeeded")).toHaveLength(1);
});

/** An import that is at work in its first run, and comes to its end just when a call is at this boundary. */
async function endsAt(boundary: Failpoint, status: ImportStatus, call: (id: string) => Promise<unknown>) {
  const id = await ferry.create(scene.lineUrl, scene.target.url);
  const become = async (now: ImportStatus) => {
    await query(ferry.metadata.spec, "update imports set status = $2, run = 1 where id = $1", [id, now]);
  };
  await become("running");
  armFailpoints((name) => (name === boundary ? become(status) : undefined));
  const startedAt = performance.now();
  const end = await call(id).finally(() => armFailpoints(() => undefined));
  expect(performance.now() - startedAt).toBeLessThan(30_000);
  scene.line.delayMs = 0;
  await untilAlone(scene);
  return end;
}

it.each<[ImportStatus, boolean]>([
  ["succeeded", false],
  ["differences", false],
  ["failed", true],
])("a target that is prepared while another call makes it %s: a ledger stays there, %s", async (status, stays) => {
  const { prepareTarget } = await import("@/lib/imports/run/prepare");
  expect(await endsAt("prepare.recorded", status, (id) => prepareTarget(id, 1))).toBe("stopped");
  const [ledger] = await query(scene.target.spec, "select to_regclass('_ferry.imports') is not null as stays");
  expect(ledger).toEqual({ stays });
});

it("a keeper that comes when the import is over does not stay", async () => {
  const { keepSnapshot } = await import("@/lib/imports/run/keep-snapshot");
  const request = { epoch: 1, generation: 1, attempt: "late", askForSuccessor: async () => {} };
  const keep = (importId: string) => keepSnapshot({ importId, ...request });
  expect(await endsAt("keeper.recorded", "succeeded", keep)).toBe("released");
});

/** It would wait for a keeper that nobody asked for, with a session on the source, for half of its budget. */
it.each([
  ["before its session is open", 500],
  ["while it waits for a keeper", 0],
])("a plan that is over %s leaves at once", async (_when, delayMs) => {
  const { planImport } = await import("@/lib/imports/run/make-plan");
  const { prepareTarget } = await import("@/lib/imports/run/prepare");
  const end = await endsAt("plan.begun", "succeeded", async (id) => {
    await prepareTarget(id, 1);
    // That the import does not run is noticed after a second.
    scene.line.delayMs = delayMs;
    return planImport(id, 1, 1);
  });
  expect(end).toBe("stopped");
});
