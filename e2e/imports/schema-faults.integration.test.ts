import { setTimeout as sleep } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FerryRig, QUICK_RETRIES, startFerry } from "@/e2e/imports/ferry-rig";
import {
  ferrySessions,
  inSession,
  makeScene,
  type Scene,
  SOURCE,
  TARGET,
  terminate,
  untilAlone,
} from "@/e2e/imports/scene";
import { BATCHES, batchesDone, census, relations, TABLES, WHOLE, WIDE_SCHEMA } from "@/e2e/imports/wide-schema";
import { LONG_TESTS } from "@/e2e/long-tests";
import { startProxy, type TcpProxy } from "@/e2e/servers/tcp-proxy";
import { type PrivateServer, privateServer } from "@/e2e/servers/test-servers";
import { connectionUrl } from "@/lib/postgres/connection-url";

let ferry: FerryRig;
let scene: Scene;
/** Where nothing else writes: a snapshot that goes with a cut line is taken anew as it was. */
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

/** Ends well, and the target holds what the source does. */
async function arrives(id: string): Promise<string[]> {
  const view = await ferry.waitForEnd(id);
  expect(view).toMatchObject({ status: "succeeded", error: null, skipped: [] });
  expect(view.verification).toMatchObject({ status: "equal", differences: [], compared: TABLES });
  expect(await census(scene.target.spec)).toEqual(WHOLE);
  await untilAlone(scene);
  return view.events.map(({ kind }) => kind);
}

describe("an import whose dump is broken off in the middle", () => {
  const SLOW_BYTES_PER_SECOND = 800_000;
  /** Of the sessions that were met, and the threads that pg_dump ran in. */
  let seen: number[];
  let workers: Worker[];

  beforeEach(async () => {
    scene = await makeScene(WIDE_SCHEMA, quiet);
    seen = [];
    workers = [];
    const note = (worker: Worker) => workers.push(worker);
    process.on("worker", note);
    return () => void process.off("worker", note);
  });

  /** Waits until a pg_dump not seen before is reading what `pattern` names, over a line that makes this last. */
  const dumpReads = (pattern: string) =>
    inSession(scene.source.spec, async (client) => {
      for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(5)) {
        const { rows } = await client.query<{ pid: number }>(
          `select pid from pg_stat_activity
            where datname = current_database() and application_name like '%pg_dump%' and query ~* $1 and pid <> all ($2)`,
          [pattern, seen],
        );
        if (rows[0]) return seen.push(rows[0].pid);
      }
      throw new Error(`No pg_dump came to ${pattern}.`);
    });

  /** Of queries whose answers are long: columns, indexes, and views one by one. */
  const PLACES = ["a.attname", "as indexname", "pg_get_viewdef"];

  const ends: [string, () => Promise<unknown>, string[]][] = [
    ["because its line is cut", async () => scene.line.cutAll(), PLACES],
    ["because its session is ended", () => terminate(scene.source.spec, "%pg_dump%"), PLACES.slice(0, 1)],
    ["because its worker is killed", async () => workers.at(-1)?.terminate(), PLACES.slice(1)],
  ];
  it.each(ends.slice(0, LONG_TESTS ? 3 : 2))("%s, is whole in the end", async (_why, breakOff, places) => {
    scene.line.bytesPerSecond = SLOW_BYTES_PER_SECOND;
    const id = await ferry.create(scene.lineUrl, scene.target.url);
    await ferry.start(id);
    for (const place of places) {
      await dumpReads(place);
      await breakOff();
    }
    scene.line.bytesPerSecond = Number.POSITIVE_INFINITY;
    await arrives(id);
    // Those that were broken off, one that was not, and one for the target.
    expect(workers.length).toBeGreaterThanOrEqual(places.length + 2);
  });

  it.skipIf(!LONG_TESTS)("because the session beside it is ended, goes on with one dump and not with two", async () => {
    scene.line.bytesPerSecond = SLOW_BYTES_PER_SECOND / 10;
    const id = await ferry.create(scene.lineUrl, scene.target.url);
    await ferry.start(id);
    await dumpReads(".");
    expect(await terminate(scene.source.spec, "% plan")).toBe(1);
    await dumpReads(".");
    const dumps = async () => (await ferrySessions(scene.source.spec)).filter((name) => name === "ferry pg_dump");
    await expect.poll(dumps, { timeout: 3_000 }).toHaveLength(1);
    scene.line.bytesPerSecond = Number.POSITIVE_INFINITY;
    await arrives(id);
  });
});

describe("an import whose target goes away between two batches of the schema", () => {
  const SLOW_BYTES_PER_SECOND = 80_000;
  /** Long enough for lanes to come back too early, and to meet a line that takes them and hangs up. */
  const DOWN_MS = 1_200;
  let server: PrivateServer;
  let line: TcpProxy;

  beforeAll(async () => {
    server = await privateServer(TARGET);
  });
  afterAll(() => server?.remove());
  beforeEach(async () => {
    scene = await makeScene(WIDE_SCHEMA, quiet, server);
    line = await startProxy({ to: server });
    return () => line.close();
  });

  const absences: [string, () => Promise<unknown>][] = [
    [
      "because its server crashes",
      async () => {
        await server.kill();
        await sleep(DOWN_MS);
        await server.start();
      },
    ],
    ["because all its sessions are ended", () => terminate(scene.target.spec, "ferry %")],
  ];
  it.each(absences.slice(0, LONG_TESTS ? 2 : 1))("%s, goes on with the next one", async (_why, goAway) => {
    line.bytesPerSecond = SLOW_BYTES_PER_SECOND;
    const id = await ferry.create(scene.source.url, connectionUrl({ ...scene.target.spec, port: line.port }));
    await ferry.start(id);
    const batches = (view: { work: { kind: string; done: number; total: number }[] }) =>
      view.work.find(({ kind }) => kind === "schema");
    await ferry.until(id, "between two batches", (view) => (batches(view)?.done ?? 0) >= 1);
    const before = await batchesDone(scene.target.spec);
    const made = await relations(scene.target.spec);
    expect(before.length).toBeGreaterThan(0);
    expect(before.length).toBeLessThan(BATCHES.length);
    await goAway();

    await ferry.until(id, "past the schema", (view) => batches(view)?.done === BATCHES.length);
    const after = await batchesDone(scene.target.spec);
    expect(after.map(({ unit }) => unit)).toEqual(BATCHES);
    expect(after.slice(0, before.length)).toEqual(before);
    expect((await relations(scene.target.spec)).slice(0, made.length)).toEqual(made);
    line.bytesPerSecond = Number.POSITIVE_INFINITY;
    expect(await arrives(id)).toContain("unit.retry");
  });
});
