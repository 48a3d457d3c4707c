import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { query } from "@/e2e/imports/scene";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { createLedger, dropLedger, onceInLedger } from "@/lib/copy/ledger";
import { type PlannedTable, planTable } from "@/lib/plan/copy-plan";
import type { CopyPart, UnitPiece } from "@/lib/plan/unit";
import { closeSession, openSession } from "@/lib/postgres/session";
import { inspect } from "@/lib/source/inspect";
import type { UnitResult } from "../queue/settle";
import { runUnit } from "./run-unit";

const IMPORT = "01J";
const ROWS = 3_000;

let source: TestDatabase;
let target: TestDatabase;
let clients: Client[];
let tables: Map<number, PlannedTable>;
let whole: CopyPart;

beforeAll(async () => {
  const version = testServer.available(15) ? 15 : 18;
  [source, target] = await Promise.all([
    (await testServer(version)).createDatabase("once"),
    (await testServer(18)).createDatabase("once"),
  ]);
  const create = "create table orders (id int primary key, note text);";
  await query(
    source.spec,
    `${create} insert into orders select n, repeat(md5(n::text), 4) from generate_series(1, ${ROWS}) n`,
  );
  await query(target.spec, create);
});
afterAll(() => Promise.all([source?.drop(), target?.drop()]));

beforeEach(async () => {
  clients = [];
  const admin = await open("target");
  await dropLedger(admin);
  await createLedger(admin, IMPORT);
  await admin.query("truncate orders");
  const { tables: found, types } = await inspect(await open("source"));
  const byOid = new Map(types.map((type) => [type.oid, type]));
  tables = new Map(found.map((table) => [table.oid, planTable(table, byOid, true)]));
  const [{ oid = 0 } = {}] = found;
  whole = { table: { oid, schema: "public", name: "orders" }, range: null };
});
afterEach(() => Promise.all(clients.map(closeSession)));

async function open(side: "source" | "target"): Promise<Client> {
  const client = await openSession((side === "source" ? source : target).spec, { side, name: "test" });
  clients.push(client);
  if (side === "source") await client.query("begin isolation level repeatable read read only");
  return client;
}

/** A lane's attempt at the unit, with sessions of its own. */
async function attempt(id: string, overruns: number, parts: CopyPart[]): Promise<UnitResult> {
  const [reading, writing] = [await open("source"), await open("target")];
  return runUnit({
    importId: IMPORT,
    epoch: 1,
    unit: {
      id,
      subject: "public.orders",
      cost: 8,
      attempt: 1,
      failures: 0,
      overruns,
      detached: false,
      payload: { kind: "copy", parts },
    },
    cut: overruns > 0,
    sessions: { source: async () => reading, target: async () => writing },
    tables,
    deadline: Date.now() + 60_000,
    onProgress: () => 0,
  });
}

/** An attempt that has done all its work and hangs before it commits, as on a lane that has lost its lease. */
async function hanging() {
  const writing = await open("target");
  const signal = new EventEmitter();
  const ended = onceInLedger(writing, { importId: IMPORT, unitId: "copy:7", epoch: 1 }, async () => {
    await writing.query("insert into orders select n, 'by the late lane' from generate_series(1, 3000) n");
    signal.emit("hangs");
    const [succeeds] = await once(signal, "goes on");
    if (!succeeds) throw new Error("rolled back");
    return { rows: ROWS, bytes: 1 };
  }).catch((error: unknown) => error);
  await once(signal, "hangs");
  return async (succeeds: boolean) => {
    signal.emit("goes on", succeeds);
    await ended;
  };
}

const rowsThere = async () =>
  (await query<{ rows: number }>(target.spec, "select count(*)::int as rows from orders"))[0]?.rows;
async function untilBlocked(): Promise<void> {
  const blocked = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  while ((await query(target.spec, blocked)).length === 0) await sleep(20);
}
const piecesOf = ({ split }: UnitResult) => split?.map(({ id }) => id);

describe("a unit that is cut while an earlier attempt is at work", () => {
  it("is not cut when that one commits", async () => {
    const late = await hanging();
    const second = attempt("copy:7", 1, [whole]);
    await untilBlocked();
    await late(true);
    expect(await second).toEqual({ rows: ROWS, bytes: 1 });
    expect(await rowsThere()).toBe(ROWS);
  });

  it("is cut when that one rolls back", async () => {
    const late = await hanging();
    const second = attempt("copy:7", 1, [whole]);
    await untilBlocked();
    await late(false);
    expect(piecesOf(await second)).toEqual(["copy:7/1", "copy:7/2"]);
    expect(await rowsThere()).toBe(0);
  });
});

const partsOf = ({ payload }: UnitPiece): CopyPart[] => (payload.kind === "copy" ? payload.parts : []);

describe("a unit that has been cut", () => {
  it("is never done whole any more, however late an attempt comes, and its pieces bring each row once", async () => {
    const { split = [] } = await attempt("copy:7", 1, [whole]);
    // What a crash between the ledger and the queue leaves: whoever claims the unit next learns the same pieces.
    for (const overruns of [0, 1, 2]) expect((await attempt("copy:7", overruns, [whole])).split).toEqual(split);
    expect(await rowsThere()).toBe(0);
    const [first, second] = split;
    if (!first || !second) throw new Error("It was not cut.");
    await attempt(first.id, 0, partsOf(first));
    expect((await attempt("copy:7", 0, [whole])).split).toEqual(split);
    const { split: quarters = [] } = await attempt(second.id, 1, partsOf(second));
    expect(quarters.map(({ id }) => id)).toEqual(["copy:7/2/1", "copy:7/2/2"]);
    for (const quarter of [...quarters, ...quarters]) await attempt(quarter.id, 0, partsOf(quarter));
    const [sum] = await query(target.spec, "select count(*)::int as rows, count(distinct id)::int as ids from orders");
    expect(sum).toEqual({ rows: ROWS, ids: ROWS });
  });
});
