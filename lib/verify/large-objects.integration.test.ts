import type { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { closeSession, openSession } from "@/lib/postgres/session";
import { totalsOnBothSides } from "./large-objects";

let databases: TestDatabase[];
let source: Client;
let target: Client;

beforeAll(async () => {
  const server = await testServer(testServer.available(15) ? 15 : 18);
  databases = [await server.createDatabase("totals_from"), await server.createDatabase("totals_to")];
  const open = (database: TestDatabase) => openSession(database.spec, { side: "metadata", name: "totals" });
  [source, target] = (await Promise.all(databases.map(open))) as [Client, Client];
  await source.query("select lo_from_bytea(10, 'abc'), lo_create(11)");
  await target.query("select lo_from_bytea(10, 'abcd'), lo_from_bytea(4294967295, 'more')");
});
afterAll(async () => {
  await Promise.all([source, target].map(closeSession));
  await Promise.all(databases.map((database) => database.drop()));
});

it.each([
  ["all", { from: 0, to: null }, { count: 2, bytes: 3 }, { count: 2, bytes: 8 }],
  ["one that is missing", { from: 11, to: 12 }, { count: 1, bytes: 0 }, { count: 0, bytes: 0 }],
  ["one that is too much", { from: 12, to: null }, { count: 0, bytes: 0 }, { count: 1, bytes: 4 }],
  ["none", { from: 0, to: 10 }, { count: 0, bytes: 0 }, { count: 0, bytes: 0 }],
])("number and length of %s on either side", async (_what, range, onSource, onTarget) => {
  expect(await totalsOnBothSides(source, target, range)).toMatchObject({ source: onSource, target: onTarget });
});
