import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { makeScene, query, type Scene } from "@/e2e/imports/scene";
import { armFailpoints, type Failpoint } from "@/lib/failpoints";

/** Verbs that end between their move and their event. That a process is killed there is in the grid of faults. */
let ferry: FerryRig;
let scene: Scene;

beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());
beforeEach(async () => {
  scene = await makeScene("create table public.t (id int primary key); insert into public.t values (1)");
  return () => scene.close();
});
afterEach(() => armFailpoints(() => undefined));

const dieAt = (point: Failpoint) =>
  armFailpoints((name) => (name === point ? Promise.reject(new Error("died")) : undefined));

/** As if the log had been quiet for longer than whoever died would have needed. */
const letBeQuiet = (id: string) =>
  query(
    ferry.metadata.spec,
    `with older as (update import_events set at = at - interval '20 seconds' where import_id = $1)
     update imports set created_at = created_at - interval '20 seconds' where id = $1`,
    [id],
  );

const sent = async (id: string): Promise<unknown[]> =>
  (
    await query<{ body: string }>(ferry.metadata.spec, "select body from ferry_runner.event where body like $1", [
      `%${id}:%`,
    ])
  ).map(({ body }) => JSON.parse(body).data);

it("an import that was started, and of which no engine was told, begins when somebody looks", async () => {
  const id = await ferry.create(scene.source.url, scene.target.url);
  dieAt("start.moved");
  await expect(ferry.start(id)).rejects.toThrow("died");
  armFailpoints(() => undefined);
  // For a while whoever moved it may still be about to say so.
  expect(await ferry.view(id)).toMatchObject({ status: "queued" });
  const { sendAgain } = await import("@/lib/imports/send-again");
  await sendAgain();
  expect(await sent(id)).toEqual([]);
  await letBeQuiet(id);
  const view = await ferry.waitForEnd(id);
  expect(view.status).toBe("succeeded");
  expect(view.events.filter(({ kind }) => kind === "import.started")).toHaveLength(1);
  expect(view.events.filter(({ kind }) => kind === "gate.passed")).toHaveLength(1);
});

it("a sweep cleans up after a cancel that was never told, as it was asked for, and then leaves it", async () => {
  const { sendAgain } = await import("@/lib/imports/send-again");
  const id = await ferry.create(scene.source.url, scene.target.url);
  dieAt("cancel.moved");
  await expect(ferry.cancel(id, true)).rejects.toThrow("died");
  armFailpoints(() => undefined);
  await letBeQuiet(id);
  await Promise.all([sendAgain(), sendAgain()]);
  await ferry.untilCleanedUp(id);
  await sendAgain();
  expect(await sent(id)).toEqual([{ importId: id, discard: true }]);
});
