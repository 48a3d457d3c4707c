import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { query } from "@/e2e/imports/scene";
import { insertImport, startMetadata } from "@/e2e/metadata";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { database } from "@/lib/db/client";
import { closeSession, openSession } from "@/lib/postgres/session";
import { storeCredential } from "../credentials";
import { laneName } from "./lane-sessions";
import { Watchdog } from "./watchdog";

const BEAT_MS = 20;

let metadata: TestDatabase;
let source: TestDatabase;
let target: TestDatabase;
let importId: string;
let clients: Client[];
let count = 0;

beforeAll(async () => {
  metadata = await startMetadata();
  source = await (await testServer(testServer.available(10) ? 10 : 18)).createDatabase("stalled");
  target = await (await testServer(testServer.available(17) ? 17 : 18)).createDatabase("stalled");
  for (const { spec } of [source, target]) await query(spec, "create table orders (id int)");
});
afterAll(() => Promise.all([metadata, source, target].map((one) => one?.drop())));
beforeEach(async () => {
  importId = `01W${++count}`;
  clients = [];
  await insertImport(metadata, importId);
  await storeCredential(database(), importId, "source", source.spec);
  await storeCredential(database(), importId, "target", target.spec);
});
afterEach(() => Promise.all(clients.map(closeSession)));

async function open(on: TestDatabase, name: string): Promise<Client> {
  const client = await openSession(on.spec, { side: "target", name });
  clients.push(client);
  return client;
}
const lane = (on: TestDatabase) => open(on, laneName(importId, 1));

const watch = (kind: "copy" | "index" = "copy", pauseMs = 100) =>
  new Watchdog({
    importId,
    lane: 1,
    unit: {
      subject: "public.orders",
      payload: kind === "copy" ? { kind, parts: [] } : { kind, statements: [], tables: [] },
    },
    quietMs: 100,
    pauseMs,
  });

/** Beats without a move, as the heart of a lane does, until something was said or the time is up. */
async function beatFor(watchdog: Watchdog, ms: number, until = () => watchdog.words !== null): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end && !until(); await sleep(BEAT_MS)) watchdog.beat(0);
}
const said = async () =>
  (
    await query<{ message: string }>(
      metadata.spec,
      "select message from import_events where import_id = $1 and kind = 'unit.waiting' order by seq",
      [importId],
    )
  ).map(({ message }) => message);

describe("a watchdog", () => {
  it.each([
    ["target", () => target],
    ["source", () => source],
  ])("names who holds the lock on the %s, once a minute, and not what they run", async (side, end) => {
    const holder = await open(end(), "nightly report");
    await holder.query("begin; lock table orders in access exclusive mode; select 'their secret'");
    const other = side === "target" ? source : target;
    await (await lane(other)).query("begin");
    const blocked = (await lane(end())).query("select count(*) from orders");
    await sleep(50);
    const watchdog = watch();
    await beatFor(watchdog, 5_000);
    expect(watchdog.words).toMatch(
      new RegExp(
        `^public\\.orders waits on the ${side} for a lock held by nightly report \\(pid \\d+, idle in transaction for \\d+ s\\)\\.$`,
      ),
    );
    await beatFor(watchdog, 600, () => false);
    await watchdog.stop();
    // Another attempt of the same unit within the minute says nothing new either.
    const next = watch();
    await beatFor(next, 5_000);
    await next.stop();
    expect(await said()).toEqual([expect.stringContaining("held by nightly report")]);
    expect((await said()).join()).not.toContain("secret");
    await holder.query("rollback");
    await blocked;
  });

  it("says so when the lane's session has gone", async () => {
    await lane(target);
    const watchdog = watch();
    await beatFor(watchdog, 5_000);
    await watchdog.stop();
    expect(watchdog.words).toMatch(/^public\.orders has not moved for \d+ seconds: the source knows no session/);
  });

  it("says nothing of a statement that is at work, nor of what moves", async () => {
    const working = (await lane(target)).query("select pg_sleep(1)");
    const index = watch("index");
    await beatFor(index, 700);
    await index.stop();
    await working;
    const moving = watch();
    for (let moves = 0; moves < 20; moves++) {
      moving.beat(moves);
      await sleep(BEAT_MS);
    }
    await moving.stop();
    expect([index.words, moving.words]).toEqual([null, null]);
    expect(await said()).toEqual([]);
  });

  it("leaves no session behind when it is stopped in the middle of a look", async () => {
    const watchdog = watch();
    await sleep(150);
    watchdog.beat(0);
    await watchdog.stop();
    const rows = await query(
      target.spec,
      "select 1 from pg_stat_activity where application_name like 'ferry % watch %'",
    );
    expect(rows).toEqual([]);
  });
});
