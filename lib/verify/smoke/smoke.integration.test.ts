import type { Client } from "pg";
import { expect, it } from "vitest";
import { inSession, query } from "@/e2e/imports/scene";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { smokeRows } from "./smoke";

const TABLES = `
  create table public.t (id int primary key, f float8, r real, at timestamptz, n numeric, b bytea, i interval, tags text[], j jsonb);
  insert into public.t select n, n / 3.0, n / 7.0, '2024-01-01Z'::timestamptz + n * interval '1 hour', n / 9.0,
    decode(md5(n::text), 'hex'), n * interval '1 day 2 hours', array['a', null, n::text], '{"a": 1}' from generate_series(1, 9) n;
  create table public.named ("a b" text, "c""d" int, primary key ("a b", "c""d"));
  insert into public.named values ('b', 1), ('B', 2), ('a', 3), ('é', 4);
  create table public.keyless (a int);
  create table public.long (id int primary key, body text);
  alter table public.long alter body set storage external;
  insert into public.long values (1, repeat('x', 1000000));`;
const tables = [
  { schema: "public", name: "t", columns: ["id", "f", "r", "at", "n", "b", "i", "tags", "j"] },
  { schema: "public", name: "named", columns: ["a b", 'c"d'] },
  { schema: "public", name: "keyless", columns: ["a"] },
  { schema: "public", name: "long", columns: ["id", "body"] },
];

const reading = <T>(database: TestDatabase, work: (client: Client) => Promise<T>) =>
  inSession(database.spec, async (client) => {
    await client.query("begin isolation level repeatable read read only");
    return work(client);
  });
const compare = (left: TestDatabase, right: TestDatabase, limitMs = 100_000, of = tables) =>
  reading(left, (source) => reading(right, (target) => smokeRows({ source, target, tables: of, limitMs })));

const oldest = testServer.versions()[0] ?? 18;

it(`compares the first rows of Postgres ${oldest} and 18, and says what it did not`, async () => {
  const [left, right] = await Promise.all(
    [oldest, 18 as const].map(async (one) => (await testServer(one)).createDatabase()),
  );
  if (!left || !right) throw new Error("There are two.");
  await Promise.all([query(left.spec, TABLES), query(right.spec, TABLES)]);
  await query(right.spec, `alter database ${right.spec.database} set timezone = 'Asia/Tokyo'`);
  const notCompared = [{ reason: "no key that every server orders alike", tables: 1 }];
  expect(await compare(left, right)).toEqual({
    tables: 3,
    rows: 10,
    differences: [],
    notCompared,
  });

  await query(
    right.spec,
    `update public.t set f = f + 1e-9, tags[2] = '' where id = 2; update public.t set n = 0 where id = 8;
     delete from public.named where "c""d" = 4`,
  );
  const { differences } = await compare(left, right);
  expect(differences).toEqual([
    { table: "public.t", detail: "row 2 in the order of (id) is different in f, tags" },
    { table: "public.named", detail: 'row 4 in the order of (a b, c"d) is missing on the target' },
  ]);

  expect(await compare(left, right, 0)).toMatchObject({ tables: 0, notCompared: [notCompared[0], { tables: 3 }] });
  await query(right.spec, "drop table public.long");
  const refused = await compare(left, right);
  expect(refused).toMatchObject({ tables: 2, rows: 9 });
  expect(refused.notCompared[1]).toMatchObject({
    reason: "the target refused the query (42P01)",
    tables: 1,
  });
  await Promise.all([left.drop(), right.drop()]);
});
