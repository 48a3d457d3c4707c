import type { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import type { ObjectsPart } from "@/lib/plan/unit";
import { closeSession, openSession } from "@/lib/postgres/session";
import { carryBytes, measureObjects } from "./large-objects";
import { createLedger, dropLedger } from "./ledger";
import { makeObjects } from "./own-objects";

const IMPORT = "01J";
const ALL: ObjectsPart = { range: { from: 0, to: null }, bytes: null };

let databases: TestDatabase[];
let source: Client;
let target: Client;

beforeAll(async () => {
  const [from, to] = [testServer.available(15) ? 15 : 18, testServer.available(17) ? 17 : 18] as const;
  databases = [
    await (await testServer(from)).createDatabase("objects_from"),
    await (await testServer(to)).createDatabase("objects_to"),
  ];
  const [one, other] = databases;
  if (!one || !other) throw new Error("There are no databases.");
  source = await openSession(one.spec, { side: "metadata", name: "source" });
  target = await openSession(other.spec, { side: "target", name: "target" });
});
afterAll(async () => {
  await Promise.all([source, target].map(closeSession));
  await Promise.all(databases.map((database) => database.drop()));
});
beforeEach(async () => {
  for (const client of [source, target]) {
    await client.query("select lo_unlink(oid) from pg_largeobject_metadata");
  }
  await dropLedger(target);
  await createLedger(target, IMPORT);
});

const make = (oids: number[], epoch = 1, range = ALL.range) =>
  makeObjects({ source, target, key: { importId: IMPORT, epoch, unitId: "large-objects:1" }, range, oids });

const there = async (client: Client) =>
  (
    await client.query<{ text: string }>(
      "select oid || ' ' || encode(lo_get(oid), 'escape') as text from pg_largeobject_metadata order by oid",
    )
  ).rows.map(({ text }) => text);

const carry = async (part = ALL, onBytes = (_bytes: number) => 0) =>
  carryBytes({ source, target, onBytes }, part, (await measureObjects(source, part.range)).objects);

describe("objects on the target", () => {
  it("of an earlier epoch make room for those of the next; the target's own stay as they are", async () => {
    await target.query("select lo_from_bytea(7, 'own')");
    await make([10, 20, 30]);
    await target.query("select lo_unlink(20)");
    await make([30, 40], 2);
    expect(await there(target)).toEqual(["7 own", "30 ", "40 "]);
    const noted = await target.query("select oid::int as oid, epoch from _ferry.large_objects order by oid");
    expect(noted.rows).toEqual([
      { oid: 30, epoch: 2 },
      { oid: 40, epoch: 2 },
    ]);
  });

  it("of an earlier epoch stay where they belong to another unit's range", async () => {
    await make([10, 20, 30]);
    await make([], 2, { from: 15, to: 30 });
    expect(await there(target)).toEqual(["10 ", "30 "]);
  });

  it("that somebody else has made are never replaced", async () => {
    await target.query("select lo_from_bytea(20, 'own')");
    await expect(make([10, 20])).rejects.toMatchObject({
      code: "large_objects.taken",
      context: { subject: "large object 20" },
    });
    expect(await there(target)).toEqual(["20 own"]);
  });
});

describe("the bytes of objects", () => {
  it("are compared with what the source says that it sent", async () => {
    await source.query("select lo_from_bytea(10, 'right'), lo_from_bytea(11, 'well')");
    await make([10, 11]);
    await target.query(`
      create function public.spoil() returns void language sql as $$ select lo_put(11, 0, 'W') $$`);
    // A writer that meddles between writing and comparing, which nobody but this test does.
    const meddling = new Proxy(target, {
      get: (client, name) =>
        name === "query"
          ? async (text: string, values: unknown[]) => {
              const result = await client.query(text, values);
              if (text.includes("lo_put")) await client.query("select public.spoil()");
              return result;
            }
          : Reflect.get(client, name),
    });
    const { objects } = await measureObjects(source, ALL.range);
    await expect(carryBytes({ source, target: meddling, onBytes: () => 0 }, ALL, objects)).rejects.toMatchObject({
      code: "large_objects.changed_on_the_way",
      context: { subject: "large object 11" },
    });
    await target.query("drop function public.spoil()");
    expect(await carry()).toBe(9);
    expect(await there(target)).toEqual(["10 right", "11 well"]);
  });

  it("are held back as long as the speed limit says", async () => {
    await source.query("select lo_from_bytea(10, convert_to(repeat('x', 3000000), 'UTF8'))");
    await make([10]);
    const startedAt = performance.now();
    const seen: number[] = [];
    await carry(ALL, (bytes) => {
      seen.push(bytes);
      return 200;
    });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(400);
    expect(seen).toEqual([1_048_576, 1_048_576, 3_000_000 - 2 * 1_048_576]);
  });

  it("are measured in part where there are very many objects", async () => {
    await source.query("select lo_create(n) from generate_series(1001, 3005) n");
    const { objects, restFrom } = await measureObjects(source, { from: 0, to: null });
    expect([objects.length, objects[0], restFrom]).toEqual([2_000, { oid: 1_001, bytes: 0 }, 3_001]);
    expect(await measureObjects(source, { from: 3_001, to: 3_003 })).toEqual({
      objects: [
        { oid: 3_001, bytes: 0 },
        { oid: 3_002, bytes: 0 },
      ],
      restFrom: null,
    });
  });
});
