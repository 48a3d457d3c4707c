import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LONG_TESTS } from "@/e2e/long-tests";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { quoteIdentifier } from "@/lib/postgres/quote";
import { closeSession, openSession } from "@/lib/postgres/session";
import { compareTables } from "./compare-data";
import { withFixedOutputOn } from "./output-settings";
import { type HashMethod, rowHash } from "./row-hash";
import { readTableFacts } from "./table-facts";
import { tableHashing } from "./table-hashing";

const version = testServer.available(15) ? 15 : 18;
const open = async ({ spec }: TestDatabase): Promise<Client> => {
  const client = await openSession(spec, { side: "metadata", name: "hashes" });
  await client.query("begin");
  return client;
};

const ROWS = `
  create table ledger (id int8 not null, note text, at timestamptz not null, amount float8, state bool, list int[]);
  insert into ledger
  select n, case when n % 3 > 0 then 'note' || n end, timestamptz '2026-01-01 00:00+00' + n * interval '1 s', n * 0.1,
         nullif(n % 4, 0) = 1, array[n, n + 1]
    from generate_series(1, 1000) n`;

const HARMS = [
  "update ledger set note = '' where id = 3",
  "update ledger set amount = amount + 1e-12 where id = 500",
  "update ledger set state = null where id = 1",
  "update ledger set list = list[2:1] where id = 7",
  "update ledger l set note = o.note from ledger o where (l.id, o.id) in ((1, 2), (2, 1))",
  "update ledger set at = at + interval '1 us' where id = 9",
  "insert into ledger select * from ledger where id = 10",
];

describe.each<HashMethod>(["extended", "pairs", "md5"])("the sum of hashes by %s", (method) => {
  let database: TestDatabase;
  let client: Client;
  beforeAll(async () => {
    database = await (await testServer(version)).createDatabase("hashes");
    client = await open(database);
    await client.query(`${ROWS}; set local search_path = public`);
  });
  afterAll(async () => {
    await closeSession(client);
    await database.drop();
  });

  async function sum(): Promise<string | undefined> {
    const [facts] = await readTableFacts(client, [{ schema: "public", name: "ledger" }], version);
    const columns = facts && tableHashing(facts, facts, [version, version]);
    if (!columns || "lacking" in columns) throw new Error("There is no table.");
    return withFixedOutputOn({ source: client, target: client }, async () => {
      const hash = rowHash(columns.source.columns, { method, sameEncoding: true });
      const { rows } = await client.query<{ sum: string }>(`select sum(${hash})::text as sum from public.ledger t`);
      return rows[0]?.sum;
    });
  }

  it("does not depend on the order of rows, and on nothing else", async () => {
    const before = await sum();
    await client.query("savepoint harmed; create table other as select * from ledger order by note desc nulls last");
    await client.query("truncate ledger; insert into ledger select * from other");
    expect(await sum()).toBe(before);
    await client.query("rollback to savepoint harmed");
    for (const harm of HARMS) {
      await client.query(`savepoint harmed; ${harm}`);
      expect(await sum(), harm).not.toBe(before);
      await client.query("rollback to savepoint harmed");
    }
    expect(await sum()).toBe(before);
  });
});

it("databases of two encodings hold the same text", async () => {
  const server = await testServer(version);
  const [here, there] = await Promise.all([server.createDatabase("hashes"), server.createDatabase("hashes")]);
  const admin = await openSession(server.superuser, { side: "metadata", name: "hashes" });
  const name = quoteIdentifier(here.spec.database);
  await admin.query(`drop database ${name}`);
  await admin.query(`create database ${name} encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0`);
  await closeSession(admin);
  const sides = { source: await open(here), target: await open(there) };
  const create = `create table words (id int primary key, word text, list text[], data jsonb);
    insert into words values (1, 'höhe', '{é}', '"ü"'), (2, '', null, null)`;
  await Promise.all([sides.source.query(create), sides.target.query(create)]);
  const compare = () => compareTables(sides, [{ schema: "public", name: "words" }], { showValues: false });
  expect((await compare()).map(({ difference }) => difference)).toEqual([null]);
  await sides.target.query("update words set word = 'hohe' where id = 1");
  expect((await compare()).map(({ difference }) => difference?.different)).toEqual([1]);
  await Promise.all([closeSession(sides.source), closeSession(sides.target)]);
  await Promise.all([here.drop(), there.drop()]);
});

const HUGE = 100_000_000;

it.runIf(LONG_TESTS && testServer.available(10))("the last byte of values of 100 MB", async () => {
  const [old, recent] = await Promise.all([testServer(10), testServer(18)]);
  const [here, there] = await Promise.all([old.createDatabase("huge"), recent.createDatabase("huge")]);
  const sides = { source: await open(here), target: await open(there) };
  const create = `create table huge (id int primary key, body text, bytes bytea);
    insert into huge select 1, repeat('0123456789', ${HUGE / 10}), decode(repeat('00ff5c0a09', ${HUGE / 5}), 'hex')`;
  await Promise.all([sides.source.query(create), sides.target.query(create)]);
  const compare = () => compareTables(sides, [{ schema: "public", name: "huge" }], { showValues: true });
  expect((await compare()).map(({ difference }) => difference)).toEqual([null]);
  await sides.target.query(
    "update huge set body = left(body, -1) || 'x', bytes = set_byte(bytes, length(bytes) - 1, 1)",
  );
  const [comparison] = await compare();
  expect(comparison?.difference?.named.flatMap(({ columns }) => columns.map((column) => column.name))).toEqual([
    "body",
    "bytes",
  ]);
  expect(JSON.stringify(comparison).length).toBeLessThan(5_000);
  await Promise.all([closeSession(sides.source), closeSession(sides.target)]);
  await Promise.all([here.drop(), there.drop()]);
});
