import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { query, SOURCE, terminate } from "@/e2e/imports/scene";
import { insertImport, startMetadata } from "@/e2e/metadata";
import { type PrivateServer, privateServer, type TestDatabase } from "@/e2e/servers/test-servers";
import { withSession } from "@/lib/postgres/session";
import { enterSnapshot } from "./enter";
import { type HoldOutcome, holdSnapshot } from "./hold";
import { askForRelease, holdersOf, markLost, waitForRelease } from "./holders";

const BUDGET_MS = 1_000;

let metadata: TestDatabase;
/** Nothing else writes here, so that 'the source has not moved' can be true. */
let server: PrivateServer;
let source: TestDatabase;
let importId: string;
let count = 0;

beforeAll(async () => {
  metadata = await startMetadata();
  server = await privateServer(SOURCE, { settings: { autovacuum: "off" } });
});
afterAll(async () => {
  await server?.remove();
  await metadata?.drop();
});
beforeEach(async () => {
  importId = `01J${++count}`;
  source = await server.createDatabase("snapshot");
  await insertImport(metadata, importId);
  await query(source.spec, "create table t (id int); insert into t select generate_series(1, 1000)");
});
afterEach(async () => {
  await askForRelease(importId);
  await waitForRelease(importId, 5_000);
  await source.drop();
});

interface Held {
  ended: Promise<HoldOutcome>;
  asked: () => number;
}

/** A keeper of one generation; its successor is started by the test. */
function hold(generation: number, { budgetMs = BUDGET_MS, holder = "run" } = {}): Held {
  let asked = 0;
  const ended = holdSnapshot({
    key: { importId, epoch: 1, generation, holder: `${holder}:${generation}` },
    source: source.spec,
    budgetMs,
    askForSuccessor: async () => {
      asked += 1;
    },
  });
  ended.catch(() => {}); // Asked for by the test when it is due.
  return { ended, asked: () => asked };
}

/** What a lane would read now. */
const seen = () =>
  withSession(source.spec, { side: "source", name: "lane" }, async (client) => {
    await enterSnapshot(client, importId, 1, 3_000);
    return (await client.query("select count(*)::int as rows, max(id) as id from t")).rows[0];
  });

const move = () => query(source.spec, "delete from t where id % 2 = 0; insert into t values (9999)");
const holding = (generation: number) =>
  expect
    .poll(async () => (await holdersOf(importId, 1)).some((one) => one.alive && one.generation === generation), {
      timeout: 5_000,
    })
    .toBe(true);

describe("a snapshot", () => {
  it("is the same through many hands, while the source is changed and vacuumed", async () => {
    let keeper = hold(1);
    await holding(1);
    const before = await seen();
    expect(before).toEqual({ rows: 1000, id: 1000 });
    for (let generation = 2; generation <= 5; generation++) {
      await move();
      await query(source.spec, "vacuum t");
      await expect.poll(keeper.asked, { timeout: 5_000 }).toBe(1);
      const next = hold(generation);
      expect(await keeper.ended).toBe("handed-over");
      expect(await seen()).toEqual(before);
      keeper = next;
    }
    await askForRelease(importId);
    expect(await keeper.ended).toBe("released");
    expect(keeper.asked()).toBeLessThanOrEqual(1);
  });

  it("is let go when it is asked for, and then nobody enters it", async () => {
    const keeper = hold(1, { budgetMs: 60_000 });
    await holding(1);
    await askForRelease(importId);
    expect(await keeper.ended).toBe("released");
    await withSession(source.spec, { side: "source", name: "lane" }, async (client) => {
      await expect(enterSnapshot(client, importId, 1, 200)).rejects.toMatchObject({ code: "snapshot.unavailable" });
    });
  });

  it("is waited for by those who come first", async () => {
    const early = seen();
    await sleep(200);
    hold(1);
    expect(await early).toMatchObject({ rows: 1000 });
  });

  it("is left alone when no successor comes, a while after the budget", async () => {
    const startedAt = performance.now();
    const keeper = hold(1, { budgetMs: 600 });
    expect(await keeper.ended).toBe("left-alone");
    expect(keeper.asked()).toBe(1);
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeGreaterThan(600);
    expect(tookMs).toBeLessThan(600 * 1.4 + 2_000);
  });

  it("may be held twice: the end of one attempt is not the end of the other", async () => {
    const first = hold(1, { budgetMs: 60_000, holder: "first" });
    await holding(1);
    const before = await seen();
    const second = hold(1, { budgetMs: 1_000, holder: "second" });
    await move();
    expect(await second.ended).toBe("left-alone");
    expect(await seen()).toEqual(before);
    await askForRelease(importId);
    expect(await first.ended).toBe("released");
  });
});

describe("a snapshot whose only session is ended", () => {
  const lose = async () => expect(await terminate(source.spec, `ferry ${importId} snapshot`)).toBe(1);

  it("is taken anew while the source has not moved", async () => {
    const keeper = hold(1, { budgetMs: 60_000 });
    await holding(1);
    const before = await seen();
    for (let time = 1; time <= 2; time++) {
      await lose();
      expect(await seen()).toEqual(before);
    }
    await askForRelease(importId);
    expect(await keeper.ended).toBe("released");
    // The horizon is still the one that it began with: after the third session too.
    expect(new Set((await holdersOf(importId, 1)).map(({ horizon }) => horizon)).size).toBe(1);
  });

  it("is taken anew by the next keeper too, when the first has died", async () => {
    const keeper = hold(1, { budgetMs: 300 });
    await holding(1);
    const before = await seen();
    expect(await keeper.ended).toBe("left-alone");
    hold(2, { budgetMs: 60_000 });
    expect(await seen()).toEqual(before);
  });

  it.each([
    ["a row was written", () => move()],
    ["a row was written and taken back", () => query(source.spec, "begin; insert into t values (1); rollback")],
    ["a table was emptied", () => query(source.spec, "truncate t")],
  ])("is lost when %s", async (_what, change) => {
    const keeper = hold(1, { budgetMs: 60_000 });
    await holding(1);
    await change();
    await lose();
    await expect(keeper.ended).rejects.toMatchObject({ code: "snapshot.lost" });
    expect((await holdersOf(importId, 1)).some(({ alive }) => alive)).toBe(false);
  });

  it("is told to be lost to those who wait for it", async () => {
    const waiting = withSession(source.spec, { side: "source", name: "lane" }, (client) =>
      enterSnapshot(client, importId, 1, 10_000),
    );
    waiting.catch(() => {});
    await sleep(100);
    await markLost(importId, 1);
    await expect(waiting).rejects.toMatchObject({ code: "snapshot.lost" });
  });
});
