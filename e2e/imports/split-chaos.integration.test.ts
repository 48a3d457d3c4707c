import type { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { seeded } from "@/e2e/faults/random";
import { DONE, type QueueRig, startQueues, unit } from "@/e2e/imports/queue-rig";
import { query } from "@/e2e/imports/scene";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { createLedger, dropLedger } from "@/lib/copy/ledger";
import { type Claim, type ClaimedUnit, claimUnit } from "@/lib/imports/queue/claim";
import { outlookOf } from "@/lib/imports/queue/outlook";
import { finishUnit, postponeUnit, returnOverrun, type UnitResult } from "@/lib/imports/queue/settle";
import { splitUnit } from "@/lib/imports/queue/split-unit";
import { runUnit } from "@/lib/imports/run/run-unit";
import { type PlannedTable, planTable } from "@/lib/plan/copy-plan";
import type { Unit } from "@/lib/plan/unit";
import { closeSession, openSession } from "@/lib/postgres/session";
import { inspect } from "@/lib/source/inspect";

const TABLES = ["one", "two", "three"];
const ROWS = 600;
const LANES = 4;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const LONGEST_MS = 30_000;
/** Deeper than this nothing is cut any more, so that it ends. */
const DEEPEST = 6;

let queue: QueueRig;
let source: TestDatabase;
let target: TestDatabase;
let tables: Map<number, PlannedTable>;
let copies: Unit[];

beforeAll(async () => {
  queue = await startQueues();
  source = await (await testServer(testServer.available(15) ? 15 : 18)).createDatabase("chaos");
  target = await (await testServer(18)).createDatabase("chaos");
  for (const name of TABLES) {
    const create = `create table ${name} (id int primary key, note text);`;
    const fill = `insert into ${name} select n, repeat(md5(n::text), 8) from generate_series(1, ${ROWS}) n`;
    await query(source.spec, create + fill);
    await query(target.spec, create);
  }
  const reading = await openSession(source.spec, { side: "source", name: "test" });
  const inventory = await inspect(reading);
  await closeSession(reading);
  const types = new Map(inventory.types.map((type) => [type.oid, type]));
  tables = new Map(inventory.tables.map((table) => [table.oid, planTable(table, types, true)]));
  const parts = inventory.tables.map(({ oid, schema, name }) => ({ table: { oid, schema, name }, range: null }));
  const [first, ...bundle] = parts;
  copies = [first ? [first] : [], bundle].map((some, index) => ({
    ...unit(`copy:${index + 1}`, [], 8),
    payload: { kind: "copy", parts: some },
  }));
});
afterAll(() => Promise.all([queue?.metadata, source, target].map((one) => one?.drop())));

let admin: Client;
beforeEach(async () => {
  await queue.next();
  admin = await openSession(target.spec, { side: "target", name: "test" });
  await dropLedger(admin);
  await createLedger(admin, queue.importId);
  await admin.query(`truncate ${TABLES.join(", ")}`);
  await queue.store(...copies, unit("post:1", ["copy:1", "copy:2"], 99, "post"));
});
afterEach(() => closeSession(admin));

/** One attempt with sessions of its own, which may be torn down on the way. */
async function attempt(taken: ClaimedUnit, cut: boolean, tornAfterBytes: number): Promise<UnitResult> {
  const reading = await openSession(source.spec, { side: "source", name: "chaos" });
  const writing = await openSession(target.spec, { side: "target", name: "chaos" });
  await reading.query("begin isolation level repeatable read read only");
  let bytes = 0;
  try {
    return await runUnit({
      importId: queue.importId,
      epoch: 1,
      unit: taken,
      cut,
      sessions: { source: async () => reading, target: async () => writing },
      tables,
      deadline: Date.now() + 60_000,
      onProgress: (more) => {
        bytes += more.bytes;
        if (bytes > tornAfterBytes) void closeSession(writing);
        return 0;
      },
    });
  } finally {
    await Promise.all([reading, writing].map(closeSession));
  }
}

const settle = (claim: Claim, result: UnitResult) =>
  result.split ? splitUnit(claim, result.split) : finishUnit(claim, result);

/** A lane to which all that happens happens often: overruns, doubles, torn sessions, deaths before anything is noted. */
async function lane(number: number, random: () => number, over: AbortSignal): Promise<void> {
  for (;;) {
    over.throwIfAborted();
    const { open } = await outlookOf(queue.importId);
    if (open === 0) return;
    const taken = await claimUnit(queue.by(number));
    if (!taken) continue;
    const claim = queue.claim(taken.id, taken.attempt);
    if (taken.payload.kind !== "copy") {
      await finishUnit(claim, DONE);
      continue;
    }
    const fate = random();
    if (fate < 0.1) await queue.expire(taken.id);
    else if (fate < 0.2) await returnOverrun(claim, null);
    else {
      const cut = random() < 0.5 && taken.id.split("/").length < DEEPEST;
      const torn = random() < 0.2 ? 1 : Number.POSITIVE_INFINITY;
      // The lease is gone while it works: others take it, and this one goes on.
      if (fate < 0.4) await queue.expire(taken.id);
      const attempts = [attempt(taken, cut, torn)];
      if (random() < 0.3) attempts.push(attempt(taken, !cut, Number.POSITIVE_INFINITY));
      const results = await Promise.allSettled(attempts);
      for (const result of results) {
        if (result.status === "rejected") await postponeUnit(claim, 0, null);
        else if (random() < 0.2) await queue.expire(taken.id);
        else await settle(claim, result.value);
      }
    }
  }
}

let pieces = 0;

describe("copies that are cut, doubled, torn and left behind", () => {
  it.each(SEEDS)("bring every row once (seed %i)", async (seed) => {
    const random = seeded(seed);
    const over = AbortSignal.timeout(LONGEST_MS);
    const ends = await Promise.allSettled(Array.from({ length: LANES }, (_, index) => lane(index + 1, random, over)));
    expect(ends.filter(({ status }) => status === "rejected")).toEqual([]);
    for (const name of TABLES) {
      const { rows } = await admin.query(`select count(*)::int as rows, count(distinct id)::int as ids from ${name}`);
      expect(rows[0], name).toEqual({ rows: ROWS, ids: ROWS });
    }
    const states = await queue.states();
    pieces += Object.keys(states).filter((id) => id.includes("/")).length;
    expect(new Set(Object.values(states))).toEqual(new Set(["done 0"]));
  });

  it("were cut often enough to show something", () => expect(pieces).toBeGreaterThan(10));
});
