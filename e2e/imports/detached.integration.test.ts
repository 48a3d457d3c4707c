import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FerryRig, QUICK_RETRIES, startFerry } from "@/e2e/imports/ferry-rig";
import {
  digests,
  ferrySessions,
  makeScene,
  ONE_VERSION,
  query,
  type Scene,
  terminate,
  untilAlone,
} from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";

const SECONDS = 3.5;
const BUDGET_SECONDS = 1;

/** An index and a check that take long, on the newer server only: the source is to be made at once. */
const SLOW_SQL = `
  create table public.t (id int primary key, note text);
  insert into public.t select n, md5(n::text) from generate_series(1, 70) n;
  create function public.slow(n int) returns int language plpgsql immutable as $$
    begin
      if current_setting('server_version_num')::int >= 160000 and n % 10 = 0 then perform pg_sleep(${SECONDS / 7}); end if;
      return n;
    end $$;
  create index slow_index on public.t (public.slow(id));`;

let ferry: FerryRig;
let scene: Scene;

beforeAll(async () => {
  ferry = await startFerry({ tuning: QUICK_RETRIES });
});
afterAll(() => ferry?.stop());
afterEach(() => scene?.close());

const atWork = async () => (await ferrySessions(scene.target.spec)).filter((name) => / unit index:/.test(name));

async function building(options = {}): Promise<string> {
  scene = await makeScene(SLOW_SQL);
  const id = await ferry.create(scene.source.url, scene.target.url, { stepBudgetSeconds: BUDGET_SECONDS, ...options });
  await ferry.start(id);
  await expect.poll(atWork, { timeout: 60_000 }).toHaveLength(1);
  return id;
}

describe.skipIf(ONE_VERSION)("an index that takes longer than any step", () => {
  it("is built to its end by the target alone, and looked after from step to step", async () => {
    const id = await building();
    const said = async () => (await ferry.view(id)).statements.map(({ kind, phase }) => ({ kind, phase }));
    await expect.poll(said, { timeout: 30_000 }).toEqual([{ kind: "index", phase: "scanning table" }]);
    const view = await ferry.waitForEnd(id);
    expect(view.error).toBeNull();
    expect(view.statements).toEqual([]);
    expect(view).toMatchObject({ status: "succeeded", verification: { status: "equal", differences: [] } });
    expect(view.events.map(({ kind }) => kind)).not.toContain("unit.retry");
    expect(await digests(scene.target.spec, ["public.t"])).toEqual(await digests(scene.source.spec, ["public.t"]));
    const attempts = "select attempt from units where import_id = $1 and kind = 'index' and attempt > 2";
    expect(await query(ferry.metadata.spec, attempts, [id])).toHaveLength(1);
    await untilAlone(scene);
  });

  it("is ended with the import when that is cancelled, whoever looks after it", async () => {
    const id = await building();
    await ferry.cancel(id);
    expect(await untilAlone(scene)).toBeLessThan(5_000);
    expect(await ferry.view(id)).toMatchObject({ status: "cancelled", error: null });
    await ferry.untilCleanedUp(id);
  });

  it.skipIf(!LONG_TESTS)("goes on through a pause, which says so, and is found when the import goes on", async () => {
    const id = await building();
    const { atWork: named } = await ferry.pause(id);
    expect(named).toHaveLength(1);
    const lanes = async () => (await ferrySessions(scene.target.spec)).filter((name) => !name.includes(" unit index:"));
    await expect.poll(lanes, { timeout: 20_000 }).toEqual([]);
    await ferry.resume(id);
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "succeeded", error: null, verification: { differences: [] } });
    expect(view.events.map(({ kind }) => kind)).not.toContain("unit.retry");
    const said = view.events.find(({ kind }) => kind === "import.paused")?.message;
    expect(said).toContain(`goes on alone with what was begun there: ${named[0]}.`);
  });

  it.runIf(LONG_TESTS)("is begun again when the target ends it", async () => {
    const id = await building();
    expect(await terminate(scene.target.spec, "% unit index:%")).toBe(1);
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "succeeded", error: null, verification: { differences: [] } });
    expect(view.events.map(({ kind }) => kind)).toContain("unit.retry");
  });
});
