import type { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type QueueRig, startQueues } from "@/e2e/imports/queue-rig";
import { query } from "@/e2e/imports/scene";
import { type TestDatabase, testServer, type Version } from "@/e2e/servers/test-servers";
import { changeEpoch } from "@/lib/copy/epoch";
import { createLedger, dropLedger } from "@/lib/copy/ledger";
import { database } from "@/lib/db/client";
import type { TableRef, UnitPayload } from "@/lib/plan/unit";
import { closeSession, openSession } from "@/lib/postgres/session";
import { type ClaimedUnit, claimUnit } from "../queue/claim";
import { finishUnit, returnOverrun, type UnitResult } from "../queue/settle";
import { splitUnit } from "../queue/split-unit";
import { resetDataUnits } from "../queue/store-plan";
import { runUnit } from "./run-unit";

const ROWS = 3_000;
const GONE = 7;
const FILL = {
  orders: `insert into orders select n, repeat(md5(n::text), 4) from generate_series(1, ${ROWS}) n`,
  plain: `insert into plain select repeat(md5(n::text), 4) from generate_series(1, ${ROWS}) n`,
};
const SQL = `
  create table orders (id int primary key, note text);
  create table plain (note text);
  ${Object.values(FILL).join(";")}; analyze`;

const VERSIONS = ([10, 15] as Version[]).filter(testServer.available);

let queue: QueueRig;
beforeAll(async () => {
  queue = await startQueues();
});
afterAll(() => queue?.metadata.drop());

describe.each(VERSIONS)("a table of Postgres %i that is counted in pieces", (version) => {
  let databases: TestDatabase[];
  let clients: Client[];

  beforeAll(async () => {
    databases = [
      await (await testServer(version)).createDatabase("counted"),
      await (await testServer(18)).createDatabase("counted"),
    ];
    for (const one of databases) await query(one.spec, SQL);
  });
  afterAll(() => Promise.all(databases.map((one) => one.drop())));

  beforeEach(async () => {
    await queue.next();
    clients = await Promise.all(
      databases.map(({ spec }, place) => openSession(spec, { side: place === 0 ? "source" : "target", name: "test" })),
    );
    await sourceOf().query("begin isolation level repeatable read read only");
    await dropLedger(targetOf());
    await createLedger(targetOf(), queue.importId);
  });
  afterEach(() => Promise.all(clients.map(closeSession)));

  const clientAt = (place: number): Client => {
    const client = clients[place];
    if (!client) throw new Error("There is no session.");
    return client;
  };
  const sourceOf = () => clientAt(0);
  const targetOf = () => clientAt(1);

  const run = (unit: ClaimedUnit, epoch = 1): Promise<UnitResult> =>
    runUnit({
      ...{ importId: queue.importId, epoch, unit, cut: unit.overruns > 0, tables: new Map(), onProgress: () => 0 },
      deadline: Date.now() + 60_000,
      sessions: { source: async () => sourceOf(), target: async () => targetOf() },
    });

  /** The next unit; what `overruns` is tried for as many steps first. */
  async function take(overruns: (unit: ClaimedUnit) => boolean | number = () => false): Promise<ClaimedUnit | null> {
    const unit = await claimUnit(queue.by(1));
    if (!unit || unit.overruns >= Number(overruns(unit))) return unit;
    await returnOverrun(queue.claim(unit.id, unit.attempt), null);
    return take(overruns);
  }
  async function settle(unit: ClaimedUnit, result: UnitResult): Promise<void> {
    const claim = queue.claim(unit.id, unit.attempt);
    if (result.split) expect(await splitUnit(claim, result.split)).toBe(true);
    else await finishUnit(claim, result);
  }

  async function refTo(name: string): Promise<TableRef> {
    const { rows } = await sourceOf().query<{ oid: number }>("select $1::regclass::oid::int as oid", [name]);
    return { oid: rows[0]?.oid ?? 0, schema: "public", name };
  }
  async function storeComparison(name: string, checksums?: true, id = "verify:1"): Promise<void> {
    const payload: UnitPayload = { kind: "verify", tables: [await refTo(name)], checksums };
    await queue.store({ id, subject: name, cost: 1, dependsOn: [], payload });
  }
  const compared = () =>
    query(queue.metadata.spec, "select kind, subject, equal, source, target from verifications where import_id = $1", [
      queue.importId,
    ]);

  const cases = (["orders", "plain"] as const).flatMap((name) => [0, GONE].map((gone) => [name, gone] as const));
  it.each(cases)("%s, with %i rows missing on the target, has each row in one piece", async (name, gone) => {
    await storeComparison(name);
    await targetOf().query(`truncate ${name}; ${FILL[name]}`);
    await targetOf().query(`delete from ${name} where ctid in (select ctid from ${name} limit ${gone})`);
    const done: string[] = [];
    // Each comparison and every third count is cut; a piece of a piece goes through.
    const overruns = ({ id, payload }: ClaimedUnit) =>
      payload.kind === "verify" ? !payload.counted : /[a-z]:\d*[147]$/.test(id);
    for (let unit = await take(overruns); unit; unit = await take(overruns)) {
      const result = await run(unit);
      await settle(unit, result);
      if (!result.split) done.push(unit.id);
    }
    expect(done.at(-1)).toBe("verify:1/sum");
    const pieces = (side: string) => done.filter((id) => id.startsWith(`verify:1/${side}`));
    expect(pieces("target")).toEqual(expect.arrayContaining(["verify:1/target:1/1", "verify:1/target:2"]));
    if (version < 14 && name === "plain") expect(pieces("source")).toEqual(["verify:1/source:1"]);
    else expect(pieces("source")).toEqual(expect.arrayContaining(["verify:1/source:1/2", "verify:1/source:2"]));
    const sums = { source: String(ROWS), target: String(ROWS - gone) };
    expect(await compared()).toEqual([{ kind: "rows", subject: `public.${name}`, equal: gone === 0, ...sums }]);
  });

  it.each([
    ["orders", "rows: 1 different; (id) = (1) is different in note"],
    ["plain", "rows: 1 missing, 1 extra; row "],
  ] as const)("%s: checksums of pieces tell which row differs; compared again, nothing stays", async (name, words) => {
    await targetOf().query(`truncate ${name}; ${FILL[name]}`);
    await targetOf().query(`update ${name} set note = note || ' ' where ctid = '(0,1)'`);
    await storeComparison(name, true);
    const overruns = ({ payload }: ClaimedUnit) => payload.kind === "verify" && !payload.counted;
    const work = async () => {
      for (let unit = await take(overruns); unit; unit = await take(overruns)) await settle(unit, await run(unit));
    };
    await work();
    const details = () =>
      query<{ kind: string; equal: boolean; detail: string | null }>(
        queue.metadata.spec,
        "select kind, equal, detail from verifications where import_id = $1 order by kind",
        [queue.importId],
      );
    const [rows, values] = await details();
    expect(rows).toEqual({ kind: "rows", equal: true, detail: null });
    expect(values).toMatchObject({ kind: "values", equal: false, detail: expect.stringContaining(words) });

    await targetOf().query(`truncate ${name}; ${FILL[name]}`);
    await storeComparison(name, true, "verify:2");
    await work();
    expect(await details()).toEqual([{ kind: "rows", equal: true, detail: null }]);
  });

  const inParts = (["orders", "plain"] as const).filter((name) => version >= 14 || name === "orders");
  it.each(inParts)("%s: rows that differ are looked for in pieces where a step is too short for all", async (name) => {
    await targetOf().query(`truncate ${name}; ${FILL[name]}`);
    await targetOf().query(`update ${name} set note = note || ' ' where ctid in ('(0,1)', '(9,9)')`);
    await targetOf().query(`delete from ${name} where ctid = '(5,5)'`);
    await storeComparison(name, true);
    const done: string[] = [];
    const overruns = ({ id, payload }: ClaimedUnit) => {
      if (payload.kind !== "verify") return /found.*:3$/.test(id);
      return id === "verify:1/sum" ? 2 : !payload.counted;
    };
    for (let unit = await take(overruns); unit; unit = await take(overruns)) {
      const result = await run(unit);
      await settle(unit, result);
      if (!result.split) done.push(unit.id);
    }
    const found = await query<{ detail: string }>(
      queue.metadata.spec,
      "select detail from verifications where import_id = $1 and kind = 'rows'",
      [queue.importId],
    );
    const byKey = "rows: 1 missing, 2 different; (id) = ";
    expect(found).toEqual([
      { detail: expect.stringContaining(name === "orders" ? byKey : "rows: 3 missing, 2 extra") },
    ]);
    // Two rounds: buckets, and the rows of those that differ; the sums are made once more before them.
    expect(done.filter((id) => id.startsWith("verify:1/sum"))).toEqual([
      "verify:1/sum/sums",
      ...done.filter((id) => /^verify:1\/sum\/(source|target):\d/.test(id)),
      ...done.filter((id) => /^verify:1\/sum\/found\/(source|target):\d/.test(id)),
      "verify:1/sum/found/found",
    ]);
    // As if everything were read again under another snapshot, and were alike now: nothing is left of what was found.
    await targetOf().query(`truncate ${name}; ${FILL[name]}`);
    await changeEpoch(targetOf(), queue.importId, 2, []);
    await database().transaction(async (tx) => {
      await query(queue.metadata.spec, "update imports set epoch = 2 where id = $1", [queue.importId]);
      await resetDataUnits(tx, queue.importId);
    });
    const again: string[] = [];
    for (
      let unit = await claimUnit({ ...queue.by(1), epoch: 2 });
      unit;
      unit = await claimUnit({ ...queue.by(1), epoch: 2 })
    ) {
      await finishUnit({ ...queue.claim(unit.id, unit.attempt), epoch: 2 }, await run(unit, 2));
      again.push(unit.id);
    }
    expect(again.at(-1)).toBe("verify:1/sum/found/found");
    expect(await compared()).toEqual([expect.objectContaining({ kind: "rows", equal: true })]);
  });

  it("is not added up from counts of an epoch that is over", async () => {
    await storeComparison("orders");
    const comparison = await take(() => true);
    if (!comparison) throw new Error("There is nothing to do.");
    const { split } = await run(comparison);
    // A late attempt learns the same pieces, and counts nothing beside them.
    expect((await run({ ...comparison, overruns: 0 })).split).toEqual(split);
    await settle(comparison, { rows: 0, bytes: 0, split });
    const counts: ClaimedUnit[] = [];
    let unit = await take();
    for (; unit?.payload.kind === "count"; unit = await take()) {
      counts.push(unit);
      await settle(unit, await run(unit));
    }
    const [late] = counts;
    if (!unit || !late) throw new Error("Nothing was counted.");
    expect(unit.id).toBe("verify:1/sum");

    await changeEpoch(targetOf(), queue.importId, 2, []);
    const over = { code: "snapshot.lost" };
    await expect(run(unit)).rejects.toMatchObject(over);
    await expect(run(late)).rejects.toMatchObject(over);
    await database().transaction(async (tx) => {
      await query(queue.metadata.spec, "update imports set epoch = 2 where id = $1", [queue.importId]);
      await resetDataUnits(tx, queue.importId);
    });
    // It waits again; and should it be begun, there is nothing to add up.
    expect((await queue.states())["verify:1/sum"]).toBe(`ready ${counts.length}`);
    await finishUnit(queue.claim(late.id, late.attempt), { rows: 1, bytes: 0 });
    await expect(run(unit, 2)).rejects.toThrow("has not been counted");
    expect(await compared()).toEqual([]);
  });
});
