import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { closeSession, openSession } from "@/lib/postgres/session";
import { changeEpoch } from "./epoch";
import { createLedger, dropLedger, onceInLedger } from "./ledger";

const IMPORT = "01J";

let database: TestDatabase;
let one: Client;
let other: Client;

beforeAll(async () => {
  database = await (await testServer(testServer.available(17) ? 17 : 18)).createDatabase("ledger");
});
afterAll(() => database?.drop());
beforeEach(async () => {
  one = await openSession(database.spec, { side: "target", name: "one" });
  other = await openSession(database.spec, { side: "target", name: "other" });
  await dropLedger(one);
  await one.query("drop table if exists work, parent, child cascade; create table work (unit text)");
  await createLedger(one, IMPORT);
});
afterEach(() => Promise.all([one, other].map(closeSession)));

const key = (unitId = "copy:1", epoch = 1) => ({ importId: IMPORT, unitId, epoch });
const done = async () =>
  (await one.query<{ unit: string }>("select unit from work order by 1")).rows.map(({ unit }) => unit);

/** A unit whose effect can be counted. */
const work =
  (client: Client, unit: string, pauseMs = 0) =>
  async () => {
    await client.query("insert into work values ($1)", [unit]);
    await sleep(pauseMs);
    return { by: unit, rows: 3 };
  };

describe("a unit in the ledger", () => {
  it("is done once, and its result is told to whoever asks again", async () => {
    expect(await onceInLedger(one, key(), work(one, "first"))).toEqual({ by: "first", rows: 3 });
    expect(await onceInLedger(other, key(), work(other, "second"))).toEqual({ by: "first", rows: 3 });
    expect(await done()).toEqual(["first"]);
  });

  it("is done once by two sessions at the same time; the second waits for the first", async () => {
    const results = await Promise.all([
      onceInLedger(one, key(), work(one, "one", 200)),
      onceInLedger(other, key(), work(other, "other", 200)),
    ]);
    expect(results[0]).toEqual(results[1]);
    expect(await done()).toHaveLength(1);
  });

  it("is done by the second when the first fails", async () => {
    const failing = onceInLedger(one, key(), async () => {
      await work(one, "failed", 150)();
      throw new Error("in the middle");
    });
    await sleep(50);
    const second = onceInLedger(other, key(), work(other, "second"));
    await expect(failing).rejects.toThrow("in the middle");
    expect(await second).toEqual({ by: "second", rows: 3 });
    expect(await done()).toEqual(["second"]);
  });

  it("is done again when its session broke before the commit", async () => {
    const broken = onceInLedger(one, key(), async () => {
      await work(one, "broken")();
      await other.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'one'");
      await one.query("select 1");
    });
    await expect(broken).rejects.toThrow();
    expect(await onceInLedger(other, key(), work(other, "again"))).toEqual({ by: "again", rows: 3 });
    const { rows } = await other.query("select unit from work");
    expect(rows).toEqual([{ unit: "again" }]);
  });

  it("does not stand in another unit's way", async () => {
    const first = onceInLedger(one, key("copy:1"), work(one, "1", 300));
    const startedAt = performance.now();
    await onceInLedger(other, key("copy:2"), work(other, "2"));
    expect(performance.now() - startedAt).toBeLessThan(250);
    await first;
    expect(await done()).toEqual(["1", "2"]);
  });

  it("survives a second laying-out of the ledger", async () => {
    await onceInLedger(one, key(), work(one, "first"));
    await createLedger(one, IMPORT);
    expect(await onceInLedger(one, key(), work(one, "second"))).toMatchObject({ by: "first" });
  });

  it("of an import that the ledger does not know is refused", async () => {
    await expect(onceInLedger(one, { ...key(), importId: "other" }, work(one, "x"))).rejects.toMatchObject({
      code: "snapshot.lost",
    });
    expect(await done()).toEqual([]);
  });
});

describe("a change of epoch", () => {
  it("refuses what was begun under the last one", async () => {
    await changeEpoch(one, IMPORT, 2, []);
    await expect(onceInLedger(one, key(), work(one, "late"))).rejects.toMatchObject({ code: "snapshot.lost" });
    expect(await onceInLedger(one, key("copy:1", 2), work(one, "new"))).toMatchObject({ by: "new" });
    expect(await done()).toEqual(["new"]);
  });

  it("waits for units under way, and empties what they brought", async () => {
    const under = onceInLedger(one, key(), work(one, "old", 200));
    await sleep(50);
    await changeEpoch(other, IMPORT, 2, [{ schema: "public", name: "work" }]);
    expect(await under).toMatchObject({ by: "old" });
    expect(await done()).toEqual([]);
    expect(await onceInLedger(one, key("copy:1", 2), work(one, "new"))).toMatchObject({ by: "new" });
  });

  it("forgets data and keeps structure", async () => {
    const structure = ["schema:1", "index:12", "attach", "definitions"];
    const data = [
      "copy:1",
      "sequence:1",
      "verify:1",
      "constraint:7",
      "constraints:1",
      "check:1",
      "refresh:9",
      "post:1",
    ];
    for (const unit of [...structure, ...data]) await onceInLedger(one, key(unit), async () => unit);
    await changeEpoch(one, IMPORT, 2, []);
    const { rows } = await one.query("select unit_id as unit from _ferry.ledger order by 1");
    expect(rows.map(({ unit }) => unit)).toEqual([...structure].sort());
  });

  it("takes away the keys that would refuse the rows, and empties both of their tables", async () => {
    await one.query(`
      create table parent (id int primary key);
      create table child (id int, parent int references parent, check (id < 100));
      alter table child add constraint old check (id > 0) not valid;
      insert into parent values (1); insert into child values (1, 1)`);
    const tables = ["parent", "child"].map((name) => ({ schema: "public", name }));
    await changeEpoch(one, IMPORT, 2, tables);
    const { rows } = await one.query(
      "select conname from pg_constraint where conrelid in ('parent'::regclass, 'child'::regclass) and contype <> 'n' order by 1",
    );
    expect(rows.map(({ conname }) => conname)).toEqual(["child_id_check", "parent_pkey"]);
    expect((await one.query("select from parent union all select from child")).rowCount).toBe(0);
  });

  it("may be repeated, and comes too late after the next one", async () => {
    await changeEpoch(one, IMPORT, 3, []);
    await onceInLedger(one, key("copy:1", 3), work(one, "third"));
    for (const epoch of [2, 3]) await changeEpoch(other, IMPORT, epoch, [{ schema: "public", name: "work" }]);
    expect(await done()).toEqual(["third"]);
  });

  it("leaves alone a target whose tables have not been made yet", async () => {
    await changeEpoch(one, IMPORT, 2, [
      { schema: "public", name: "work" },
      { schema: "public", name: "not yet" },
    ]);
    expect(await onceInLedger(one, key("schema:1", 2), work(one, "made"))).toMatchObject({ by: "made" });
  });
});
