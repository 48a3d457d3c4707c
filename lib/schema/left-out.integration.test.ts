import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Carried, carrySchema } from "@/e2e/databases/carry";
import { loadRegression } from "@/e2e/databases/regression";
import { type TestDatabase, type TestServer, testServer } from "@/e2e/servers/test-servers";
import { withSession } from "@/lib/postgres/session";
import { heroku } from "@/lib/source/providers/known/heroku";
import { supabase } from "@/lib/source/providers/known/supabase";
import type { PolicyContext } from "./policy/context";
import { packArchive, unpackArchive } from "./store";

const version = testServer.versions(17, 18)[0] ?? 18;
let server: TestServer;
beforeAll(async () => {
  server = await testServer(version);
});

const run = (database: TestDatabase, statements: string[]) =>
  withSession(database.spec, { side: "metadata", name: "ferry test" }, async (client) => {
    for (const statement of statements) await client.query(statement);
  });

/** Makes a database, carries it to another and hands over what came of it. */
async function carried(
  statements: string[],
  context: Partial<Omit<PolicyContext, "target">>,
  look: (result: Carried & { from: TestDatabase }) => Promise<void> | void,
): Promise<void> {
  const [source, target] = await Promise.all([server.createDatabase("partial"), server.createDatabase("arrived")]);
  try {
    await run(source, statements);
    await look({ ...(await carrySchema(source.spec, target.spec, context)), from: source });
  } finally {
    await Promise.all([source.drop(), target.drop()]);
  }
}

const reasonsOf = ({ verdicts }: Carried) =>
  Object.fromEntries(
    verdicts.filter(({ reason }) => reason).map(({ entry, action, reason }) => [entry.name, `${action}: ${reason}`]),
  );

it("carries no password: neither to the target nor into the archive", async () => {
  const secret = "hush-hush-7";
  const statements = [
    "create foreign data wrapper w",
    `create server s foreign data wrapper w options (host 'h', secret_key '${secret}')`,
    `create user mapping for public server s options ("user" 'u', password '${secret}')`,
    `create subscription sub connection 'host=h password=${secret}' publication p with (connect = false)`,
    `do $$ begin execute format('alter database %I set "app.jwt_secret" = %L', current_database(), '${secret}'); end $$`,
  ];
  await carried(statements, {}, async (result) => {
    expect(result.failures).toEqual([]);
    expect(result.differences).toEqual([]);
    expect(JSON.stringify(unpackArchive(packArchive(result.source)))).not.toContain(secret);
    expect(JSON.stringify(result.verdicts)).not.toContain(secret);
    expect(reasonsOf(result)).toMatchObject({
      sub: "skip: it would start to replicate into the target; create it there when you want that",
      "USER MAPPING public SERVER s": "best-effort: its password is not carried",
    });
    const [setting] = result.verdicts.filter(({ entry }) => entry.kind === "DATABASE PROPERTIES");
    expect(setting?.reason).toMatch(/app.jwt_secret is left out: it may hold a secret/);
    // A database with a subscription cannot be dropped.
    await run(result.from, [
      "alter subscription sub disable",
      "alter subscription sub set (slot_name = none)",
      "drop subscription sub",
    ]);
  });
});

it("leaves tablespaces behind and says so", async () => {
  const name = `space_${Math.random().toString(36).slice(2)}`;
  const postgres = { spec: server.superuser } as TestDatabase;
  await run(postgres, ["set allow_in_place_tablespaces = on", `create tablespace ${name} location ''`]);
  const statements = [
    `create table t (a int primary key using index tablespace ${name}) tablespace ${name}`,
    `create index i on t (a) tablespace ${name}`,
    "create table plain (a int)",
  ];
  await carried(statements, {}, (result) => {
    expect(result.failures).toEqual([]);
    expect(result.differences).toEqual([]);
    expect(reasonsOf(result)).toEqual({
      t: `rewrite: tablespace ${name} is left out`,
      "t t_pkey": `rewrite: tablespace ${name} is left out`,
      i: `rewrite: tablespace ${name} is left out`,
    });
  });
  await run(postgres, [`drop tablespace ${name}`]);
});

it("names what Postgres itself cannot take back, and hides no other entry behind it", async () => {
  const statements = [
    "create extension btree_gist",
    "create table bookings (room int, during int4range, exclude using gist (room with =, during with &&)) partition by list (room)",
    "create table bookings_1 partition of bookings for values in (1)",
    "create table after_it (a int primary key)",
  ];
  await carried(version >= 17 ? statements : statements.slice(3), {}, ({ failures, differences, target }) => {
    expect(failures).toMatchObject([
      {
        kind: "INDEX ATTACH",
        subject: "public.bookings_1_room_during_excl",
        severity: "degraded",
        reason: expect.stringMatching(/cannot attach index .* index definitions do not match/),
      },
    ]);
    expect(differences).toMatchObject([
      { difference: "missing", kind: "INDEX ATTACH", subject: "public.bookings_1_room_during_excl", byDesign: null },
    ]);
    expect(target.entries.some(({ name }) => name === "after_it after_it_pkey")).toBe(true);
  });
});

it("leaves a provider's own objects behind, with what points at them", async () => {
  const statements = [
    "create schema auth",
    "create table auth.users (id int primary key)",
    "create function auth.uid() returns int language sql as 'select 1'",
    "create publication supabase_realtime",
    "create schema heroku_ext",
    "create extension citext with schema heroku_ext",
    "create table orders (id int primary key, user_id int references auth.users, note heroku_ext.citext)",
    "create policy mine on orders using (user_id = auth.uid())",
    "alter table orders enable row level security",
  ];
  const provider = { ...supabase, movedSchemas: heroku.movedSchemas };
  await carried(statements, { provider }, ({ failures, verdicts, target }) => {
    expect(failures).toEqual([]);
    const left = verdicts
      .filter(({ action }) => action === "skip")
      .map(({ entry, reason }) => `${entry.name}: ${reason}`);
    expect(left.sort()).toEqual([
      "heroku_ext: a schema of Supabase",
      "orders orders_user_id_fkey: it needs table auth.users, which is left out",
      "supabase_realtime: a publication of Supabase",
      "users users_pkey: it is in schema auth of Supabase",
      "users: it is in schema auth of Supabase",
    ]);
    // What the user's policies call comes along, and its schema with it.
    const arrived = target.entries.map(({ kind, name }) => `${kind} ${name}`);
    expect(arrived).toEqual(expect.arrayContaining(["SCHEMA auth", "FUNCTION uid()", "POLICY orders mine"]));
    const orders = target.entries.find(({ kind, name }) => kind === "TABLE" && name === "orders");
    expect(orders?.statement).toContain("note public.citext");
  });
});

describe("of the regression database", () => {
  let source: TestDatabase;
  beforeAll(async () => {
    source = await server.createDatabase("regression");
    await loadRegression(source.spec, version);
  });
  afterAll(() => source.drop());

  const table = (name: string, schema = "app") => ({ schema, name });
  const none = { schemas: [], tables: [], excludeTables: [] };

  it.each<[string, PolicyContext["filter"], string[]]>([
    ["the schema that holds most", { ...none, schemas: ["app"] }, ["customers", "generated", "events_2024_eu_0"]],
    [
      "a choice of tables, with sequences, functions, partitions and parents,",
      { ...none, tables: ["serials", "generated", "events", "twice"].map((name) => table(name)) },
      ["serials", "generated", "events", "events_2025", "events_2024_eu_1", "base", "mixin", "twice"],
    ],
    ["all but two tables", { ...none, excludeTables: [table("customers"), table("events")] }, ["orders", "indexed"]],
    ["a schema but one table", { ...none, schemas: ["app"], excludeTables: [table("orders")] }, ["customers"]],
  ])("%s arrives by itself, complete", async (_, filter, names) => {
    const target = await server.createDatabase("arrived");
    const result = await carrySchema(source.spec, target.spec, { filter });
    expect(result.failures).toEqual([]);
    expect(result.differences).toEqual([]);
    const tables = result.target.entries.filter(({ kind }) => kind === "TABLE").map(({ name }) => name);
    for (const name of names) expect(tables).toContain(name);
    for (const { name } of filter.excludeTables) expect(tables).not.toContain(name);
    await target.drop();
  });
});
