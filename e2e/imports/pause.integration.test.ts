import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, ferrySessions, makeScene, query, type Scene, SOURCE } from "@/e2e/imports/scene";
import { type PrivateServer, privateServer } from "@/e2e/servers/test-servers";

const QUIET_WITHIN_MS = 5_000;
/** Of what is copied; the schema is read at full speed. */
const SLOW = { maxMegabytesPerSecond: 1 };
const TABLES = ["public.wide", "public.narrow"];
const SOURCE_SQL = `
  create table public.wide (id int primary key, note text);
  insert into public.wide select n, repeat(md5(n::text), 10) from generate_series(1, 20000) n;
  create table public.narrow (id serial primary key, wide int references public.wide);
  insert into public.narrow (wide) select 1 + n % 20000 from generate_series(1, 5000) n;
  create index on public.narrow (wide);`;

let ferry: FerryRig;
let scene: Scene;
/** Where nothing else writes, so that a source can be proven not to have moved. */
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

/** An import in the middle of copying slowly. */
async function copying(): Promise<string> {
  const id = await ferry.create(scene.source.url, scene.target.url, SLOW);
  await ferry.start(id);
  await untilCopying(id);
  return id;
}

const untilCopying = (id: string) =>
  ferry.until(id, "copying", ({ tables }) => tables.some(({ name, bytesDone }) => name === "wide" && bytesDone > 0));

/** How long it takes until only what is expected is open on the source, and nothing on the target. */
async function untilQuiet(expected: string[], limitMs = 20_000): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const [source, target] = await Promise.all([ferrySessions(scene.source.spec), ferrySessions(scene.target.spec)]);
    const tookMs = performance.now() - startedAt;
    if (target.length === 0 && source.sort().join() === expected.join()) return tookMs;
    if (tookMs > limitMs) throw new Error(`Still there: ${[...source, "|", ...target].join(", ")}`);
    await sleep(50);
  }
}

const epochOf = async (id: string) =>
  (await query<{ epoch: number }>(ferry.metadata.spec, "select epoch from imports where id = $1", [id]))[0]?.epoch;
const kindsOf = async (id: string) => (await ferry.view(id)).events.map(({ kind }) => kind);
const statesOf = async (id: string) => {
  const sql = "select distinct state from units where import_id = $1";
  return (await query<{ state: string }>(ferry.metadata.spec, sql, [id])).map(({ state }) => state);
};

async function hurry(id: string): Promise<void> {
  const { setSpeedLimit } = await import("@/lib/imports/set-speed-limit");
  await setSpeedLimit({ id, maxMegabytesPerSecond: null });
}

async function arrived(id: string): Promise<void> {
  await hurry(id);
  const view = await ferry.waitForEnd(id);
  expect(view).toMatchObject({ status: "succeeded", error: null, pause: null, verification: { differences: [] } });
  expect(await digests(scene.target.spec, TABLES)).toEqual(await digests(scene.source.spec, TABLES));
}

describe("a pause in the middle of copying", () => {
  it("leaves one session, which holds the snapshot; going on reads nothing twice, however the source has moved", async () => {
    const id = await copying();
    const state = await ferry.pause(id);
    expect(await untilQuiet([`ferry ${id} snapshot`])).toBeLessThan(QUIET_WITHIN_MS);
    expect(state).toMatchObject({ snapshot: "held", atWork: [] });
    expect(await ferry.view(id)).toMatchObject({
      status: "paused",
      headline: "Paused. It goes on where it stopped.",
      pause: { snapshot: "held", heldUntil: expect.any(String) },
      snapshotHeldSince: expect.any(String),
    });
    // Given back, and nothing is held against them.
    await expect.poll(() => statesOf(id), { timeout: 10_000 }).not.toContain("running");
    const counted = "select 1 from units where import_id = $1 and failures + overruns > 0";
    expect(await query(ferry.metadata.spec, counted, [id])).toEqual([]);
    const before = await digests(scene.source.spec, TABLES);
    await query(scene.source.spec, "delete from public.narrow where id > 4000");

    // Pressed again it is the same pause.
    await ferry.pause(id);
    await expect(ferry.start(id)).rejects.toMatchObject({ code: "import.wrong_state" });
    await expect(ferry.retry(id)).rejects.toMatchObject({ code: "import.wrong_state" });
    await Promise.all([ferry.resume(id), ferry.resume(id), ferry.resume(id)]);
    // And taken back before anybody has noticed, so that two runs meet.
    for (let times = 0; times < 3; times++) {
      await ferry.pause(id);
      await sleep(times * 300);
      await ferry.resume(id);
    }
    await hurry(id);
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "succeeded", error: null, verification: { differences: [] } });
    // What was there when the import began, not what is there now.
    expect(await digests(scene.target.spec, TABLES)).toEqual(before);
    expect(await epochOf(id)).toBe(1);
    const kinds = await kindsOf(id);
    expect(kinds.filter((kind) => kind === "import.paused")).toHaveLength(1 + 3);
    expect(kinds.filter((kind) => kind === "import.resumed")).toHaveLength(1 + 3);
    expect(kinds).not.toContain("unit.retry");
    expect(view.events.filter(({ level }) => level === "error")).toEqual([]);
    await expect(ferry.pause(id)).rejects.toMatchObject({ code: "import.wrong_state" });
    await expect(ferry.resume(id)).rejects.toMatchObject({ code: "import.wrong_state" });
    await untilQuiet([]);
    const ledger = "select 1 from pg_namespace where nspname = '_ferry'";
    expect(await query(scene.target.spec, ledger)).toEqual([]);
  });

  it("that lets the snapshot go leaves nothing open; all is read again where the source has moved", async () => {
    const id = await copying();
    expect(await ferry.pause(id)).toMatchObject({ snapshot: "held" });
    expect(await ferry.pause(id, true)).toMatchObject({ snapshot: "let-go", heldUntil: null });
    expect(await untilQuiet([])).toBeLessThan(QUIET_WITHIN_MS);
    expect((await ferry.view(id)).headline).toMatch(/everything is read again unless the source has not changed/);
    await query(scene.source.spec, "update public.wide set note = 'moved' where id <= 50");
    await ferry.resume(id);
    await arrived(id);
    expect(await epochOf(id)).toBe(2);
    expect(await kindsOf(id)).toEqual(expect.arrayContaining(["snapshot.let_go", "snapshot.lost", "snapshot.new"]));
  });
});

describe("a paused import", () => {
  it("lets the snapshot go by itself after some hours; nothing is read again where the source has not moved", async () => {
    const id = await ferry.create(scene.source.url, scene.target.url, SLOW);
    await expect(ferry.pause(id)).rejects.toMatchObject({ code: "import.wrong_state" });
    await ferry.start(id);
    // Also before anything has begun.
    await ferry.pause(id);
    await ferry.resume(id);
    await untilCopying(id);
    await ferry.pause(id);
    await untilQuiet([`ferry ${id} snapshot`]);
    const longAgo = "update imports set finished_at = now() - interval '5 hours' where id = $1";
    await query(ferry.metadata.spec, longAgo, [id]);
    await untilQuiet([]);
    expect(await ferry.view(id)).toMatchObject({ status: "paused", pause: { snapshot: "let-go" } });
    expect((await kindsOf(id)).filter((kind) => kind === "snapshot.let_go")).toHaveLength(1);
    await ferry.resume(id);
    await arrived(id);
    expect(await epochOf(id)).toBe(1);
    expect(await kindsOf(id)).not.toContain("snapshot.new");
  });
});
