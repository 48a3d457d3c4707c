import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { closeSession, openSession } from "@/lib/postgres/session";
import { objectTotalsInWords, totalsOnBothSides } from "./large-objects";

/** 10 has other hashes than those that came after it. */
const VERSIONS = ([10, 15, 18] as const).filter(testServer.available);

describe.each(VERSIONS)("large objects of Postgres %i and 18", (version) => {
  let databases: TestDatabase[];
  let source: Client;
  let target: Client;

  beforeAll(async () => {
    const servers = await Promise.all([testServer(version), testServer(18)]);
    databases = await Promise.all(servers.map((server) => server.createDatabase("totals")));
    const open = (database: TestDatabase) => openSession(database.spec, { side: "metadata", name: "totals" });
    [source, target] = (await Promise.all(databases.map(open))) as [Client, Client];
    await source.query("select lo_from_bytea(10, 'abc'), lo_create(11)");
    await target.query("select lo_from_bytea(10, 'abcd'), lo_from_bytea(4294967295, 'more')");
  });
  afterAll(async () => {
    await Promise.all([source, target].map(closeSession));
    await Promise.all(databases.map((database) => database.drop()));
  });

  const NUMBERS = [
    ["all", { from: 0, to: null }, { count: 2, bytes: 3 }, { count: 2, bytes: 8 }],
    ["one that is missing", { from: 11, to: 12 }, { count: 1, bytes: 0 }, { count: 0, bytes: 0 }],
    ["one that is too much", { from: 12, to: null }, { count: 0, bytes: 0 }, { count: 1, bytes: 4 }],
    ["none", { from: 0, to: 10 }, { count: 0, bytes: 0 }, { count: 0, bytes: 0 }],
  ] as const;
  it.each(NUMBERS)("number and length of %s on either side", async (_what, range, onSource, onTarget) => {
    const totals = await totalsOnBothSides({ source, target }, { range, contents: false });
    expect(totals).toEqual({ source: { ...onSource, sum: null }, target: { ...onTarget, sum: null } });
  });

  const HOLE = "select lo_create(20), lo_put(20, 3000000, 'end')";
  it.each([
    ["nothing", "select 1", true],
    ["a bit", "select lo_put(20, 1500000, '\\x01')", false],
    ["the bytes of two objects, exchanged", "select lo_put(10, 0, 'abd'), lo_put(21, 0, 'abc')", false],
    ["the pieces of one object, exchanged", "select lo_put(22, 0, lo_get(23)), lo_put(22, 1048576, lo_get(24))", false],
  ])("bytes: %s", async (_what, harm, equal) => {
    const both = [source, target];
    await Promise.all(both.map((client) => client.query("begin; select lo_unlink(oid) from pg_largeobject_metadata")));
    for (const client of both) {
      await client.query("select lo_from_bytea(10, 'abc'), lo_from_bytea(21, 'abd')");
      await client.query(HOLE);
      await client.query("select lo_from_bytea(23, convert_to(repeat('b', 1048576), 'UTF8'))");
      await client.query("select lo_from_bytea(24, convert_to(repeat('a', 1048576), 'UTF8'))");
      await client.query("select lo_from_bytea(22, lo_get(24) || lo_get(23))");
    }
    try {
      await target.query(harm);
      const range = { from: 0, to: null };
      const totals = await totalsOnBothSides({ source, target }, { range, contents: true });
      expect(totals.source).toMatchObject({ count: 6, sum: expect.stringMatching(/^-?\d+$/) });
      expect(objectTotalsInWords(totals).equal).toBe(equal);
      const numbers = await totalsOnBothSides({ source, target }, { range, contents: false });
      expect(objectTotalsInWords(numbers).equal).toBe(true);
    } finally {
      await Promise.all(both.map((client) => client.query("rollback")));
    }
  });
});
