import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { inSession, query } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import { startProxy } from "@/e2e/servers/tcp-proxy";
import { type PrivateServer, privateServer, type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { type CheckRequest, checkBoth } from "@/lib/imports/run/inspect-both";
import { probeThroughput } from "@/lib/imports/run/probe-throughput";
import { importOptionsSchema } from "@/lib/plan/options";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { closeSession, openSession } from "@/lib/postgres/session";
import { isUnchecked } from "@/lib/preflight/categories";
import type { Finding } from "@/lib/preflight/finding";
import { type CategoryResult, checks } from "@/lib/preflight/run-checks";
import { readSettings } from "@/lib/source/facts/settings";
import { readTableFacts } from "@/lib/source/facts/tables";
import { urlTarget } from "@/lib/target/url";

const VERSION = testServer.available(15) ? 15 : 18;
/** Short, so that a test need not wait for what never comes; long enough for a machine that is busy. */
const SHORT = { questionMs: 3_000, lockMs: 500, allMs: 20_000 };
/** What the source may be asked, at most. */
const MOST_QUERIES = 25;

let server: PrivateServer;
let source: TestDatabase;
let target: TestDatabase;

beforeAll(async () => {
  server = await privateServer(VERSION, { settings: { max_prepared_transactions: "5" } });
  source = await server.createDatabase("engine");
  target = await server.createDatabase("arrival");
  await query(
    source.spec,
    `create table public.orders (id int primary key, note text);
     insert into public.orders select n, repeat('x', 200) from generate_series(1, 2000) n;
     create table public.quiet (id int primary key); analyze`,
  );
});
afterAll(() => server?.remove());

const check = (more: Partial<CheckRequest> = {}) =>
  checkBoth({
    source: source.spec,
    target: urlTarget(target.spec),
    options: importOptionsSchema.parse({}),
    resuming: false,
    limits: SHORT,
    ...more,
  });

const unchecked = (findings: Finding[]) => findings.filter(isUnchecked).map(({ subject }) => subject);
const named = (findings: Finding[], code: string) => findings.filter((one) => one.code === code);

/** While a session holds what the statement took. */
async function whileHeld<T>(statement: string, work: () => Promise<T>): Promise<T> {
  const holder = await openSession(source.spec, { side: "metadata", name: "somebody's own" });
  try {
    await holder.query(`begin; ${statement}`);
    return await work();
  } finally {
    await closeSession(holder);
  }
}

describe("the checks", () => {
  it("are told category by category, and all together in the end", async () => {
    const heard: CategoryResult[] = [];
    const { findings } = await check({ onCategory: (result) => heard.push(result) });
    expect(heard.map(({ category }) => category).sort()).toEqual(
      ["source", ...new Set(checks.map(({ name }) => name.split(".")[0]))].sort(),
    );
    expect(heard.flatMap((result) => result.findings)).toHaveLength(findings.length);
    // The address is looked at too.
    expect(heard.reduce((sum, result) => sum + result.checks, 0)).toBe(checks.length + 1);
    expect(unchecked(findings)).toEqual([]);
  });

  it(`ask the source ${MOST_QUERIES} questions at most`, async () => {
    const asked = vi.spyOn(Client.prototype, "query");
    try {
      await check();
      const onSource = asked.mock.contexts.filter((client) => (client as Client).database === source.spec.database);
      expect(onSource.length).toBeGreaterThan(10);
      expect(onSource.length).toBeLessThanOrEqual(MOST_QUERIES);
    } finally {
      asked.mockRestore();
    }
  });

  it("do not wait for a table that somebody has locked, and say who", async () => {
    const { findings, tables } = await whileHeld("lock table public.orders in access exclusive mode", () => check());
    expect(unchecked(findings)).toEqual([]);
    expect(tables).toBe(2);
    const [locked] = named(findings, "server.locked");
    expect(locked).toMatchObject({
      severity: "warn",
      sql: expect.stringMatching(/^select pg_terminate_backend\(\d+\);$/),
    });
    expect(locked?.message).toMatch(/public\.orders by session \d+ of postgres \(somebody's own\)/);
    expect(locked?.message).not.toContain("quiet");
  });

  it("do not queue up behind one who waits for such a lock", async () => {
    await whileHeld("select * from public.orders limit 1", async () => {
      const waiting = inSession(source.spec, (client) =>
        client.query("begin; lock table public.orders in access exclusive mode"),
      );
      waiting.catch(() => {}); // Looked at below.
      await expect
        .poll(() => query(source.spec, "select 1 from pg_locks where not granted"), { timeout: 30_000 })
        .not.toEqual([]);
      const { findings } = await check();
      expect(unchecked(findings)).toEqual([]);
      expect(named(findings, "server.locked")).toHaveLength(1);
      await query(source.spec, "select pg_cancel_backend(pid) from pg_locks where not granted");
      await expect(waiting).rejects.toThrow(/cancel/);
    });
  });

  it("that cannot be run say so, and the others run", async () => {
    const { findings } = await whileHeld("lock table pg_catalog.pg_policy in access exclusive mode", () => check());
    expect(unchecked(findings)).toEqual(expect.arrayContaining(["inside.roles", "inside.policies", "inside.contents"]));
    expect(named(findings, "server.version")).toHaveLength(1);
    for (const finding of findings.filter(isUnchecked)) {
      expect(finding).toMatchObject({
        severity: "warn",
        message: expect.stringMatching(/^Could not check .*lock timeout/),
      });
    }
  });

  it("name what a role may not see", async () => {
    const reader = await server.createRole({ database: source.spec.database });
    await query(source.spec, "revoke select on pg_catalog.pg_prepared_xacts from public");
    const { findings } = await check({ source: reader.spec });
    await query(source.spec, "grant select on pg_catalog.pg_prepared_xacts to public");
    await reader.drop();
    const unseen = unchecked(findings);
    expect(unseen).toContain("server.prepared_transactions");
    expect(unseen).not.toContain("privileges.select");
    expect(findings.find(isUnchecked)?.message).toContain("permission denied");
    expect(named(findings, "privileges.select")).toHaveLength(1);
  });

  it.skipIf(!LONG_TESTS)("come to an end when the source falls silent in the middle", async () => {
    const line = await startProxy({ to: source.spec });
    const spec: ConnectionSpec = { ...source.spec, port: line.port };
    const limits = { questionMs: 500, lockMs: 200, allMs: 3_000 };
    const original = Client.prototype.query as (...args: unknown[]) => unknown;
    const asked = vi.spyOn(Client.prototype, "query").mockImplementation(function (this: Client, ...args: unknown[]) {
      // The question for the tables is the first that is lost.
      if (String(args[0]).includes("pg_stat_get_live_tuples")) line.blackHole = true;
      return original.apply(this, args);
    } as typeof Client.prototype.query);
    try {
      const { findings } = await check({ source: spec, limits });
      expect(unchecked(findings)).toContain("privileges.select");
      expect(unchecked(findings)).not.toContain("server.timeouts");
      expect(named(findings, "server.version")).toHaveLength(1);
    } finally {
      asked.mockRestore();
      await line.close();
    }
  });

  it("find prepared transactions, and how to end them", async () => {
    await inSession(source.spec, async (client) => {
      await client.query("begin");
      await client.query("insert into public.quiet values (7)");
      await client.query("prepare transaction 'it''s mine too'");
    });
    const [finding] = named((await check()).findings, "server.prepared_transactions");
    expect(finding?.message).toContain("it's mine too");
    for (const line of finding?.sql?.split("\n") ?? []) await query(source.spec, line);
    expect(named((await check()).findings, "server.prepared_transactions")).toEqual([]);
  });

  it("know the limits of a role and of a database", async () => {
    const reader = await server.createRole({ database: source.spec.database, attributes: "connection limit 3" });
    const [ofRole] = named((await check({ source: reader.spec })).findings, "server.connections");
    expect(ofRole?.message).toMatch(new RegExp(`^User ${reader.name} has \\d free connections`));
    await query(source.spec, `alter role "${reader.name}" connection limit -1`);
    await query(source.spec, `alter database "${source.spec.database}" connection limit 4`);
    const [ofDatabase] = named((await check({ source: reader.spec })).findings, "server.connections");
    expect(ofDatabase?.message).toMatch(/^Database engine_\w+ has \d free connections/);
    await query(source.spec, `alter database "${source.spec.database}" connection limit -1`);
    expect(named((await check({ source: reader.spec })).findings, "server.connections")).toEqual([]);
    await reader.drop();
  });

  it("see limits that a pooler has put back", async () => {
    await inSession(source.spec, async (client) => {
      await client.query("set statement_timeout = '90s'; set lock_timeout = 700");
      const { timeouts } = await readSettings(client, VERSION, ["lock_timeout=700"]);
      expect(timeouts).toEqual([{ name: "statement_timeout", setting: "90000ms" }]);
    });
  });

  it.skipIf(VERSION < 15)("see that the library which orders text was changed", async () => {
    await query(server.superuser, "create database drifted template template0 locale_provider icu icu_locale 'en-US'");
    await query(server.superuser, "update pg_database set datcollversion = '1.1' where datname = 'drifted'");
    const { findings } = await check({ source: { ...server.superuser, database: "drifted" } });
    expect(named(findings, "server.collation_version")[0]?.message).toContain("by version 1.1");
  });

  it("tell encodings that do not fit", async () => {
    const make = async (name: string, encoding: string) => {
      await query(
        server.superuser,
        `create database ${name} template template0 encoding '${encoding}' lc_collate 'C' lc_ctype 'C'`,
      );
      return { ...server.superuser, database: name };
    };
    const [ascii, latin] = [await make("ascii", "SQL_ASCII"), await make("latin", "LATIN1")];
    expect(named((await check({ source: ascii })).findings, "server.sql_ascii")).toHaveLength(1);
    const { findings } = await check({ target: urlTarget(latin) });
    expect(named(findings, "target.encoding")).toHaveLength(1);
    expect(named(findings, "server.collation").length).toBeLessThanOrEqual(1);
  });

  it("tell one database from two", async () => {
    const { findings } = await check({ target: urlTarget(source.spec) });
    expect(named(findings, "target.same_database")).toMatchObject([{ severity: "block" }]);
    expect(named(findings, "target.not_empty")).toHaveLength(1);
  });

  it("tell what a provider keeps, and what leans on it", async () => {
    const heroku = await server.createDatabase("heroku");
    await query(
      heroku.spec,
      `create schema _heroku; create table _heroku.theirs (id int primary key);
       create table public.ours (id int primary key, other int constraint leans references _heroku.theirs);`,
    );
    const { findings } = await check({ source: heroku.spec });
    expect(named(findings, "source.provider")[0]?.message).toContain("schemas are left out: _heroku");
    expect(named(findings, "inside.provider_keys")).toMatchObject([
      { severity: "warn", message: expect.stringContaining("leans of public.ours (to _heroku.theirs)") },
    ]);
  });

  it("tell a target that cannot be reached as itself", async () => {
    const gone = { ...target.spec, database: "nowhere" };
    await expect(check({ target: urlTarget(gone) })).rejects.toMatchObject({ code: "connect.database_missing" });
  });
});

describe("throughput", () => {
  const tables = () => inSession(source.spec, readTableFacts);

  it("is not measured where the database is small", async () => {
    expect(await probeThroughput(source.spec, await tables())).toBeNull();
    expect(await probeThroughput(source.spec, [], 0)).toBeNull();
  });

  it("is what the line lets through, for a second", async () => {
    await query(
      source.spec,
      "create table public.wide as select repeat(md5(n::text), 30) as pad from generate_series(1, 20000) n",
    );
    const line = await startProxy({ to: source.spec });
    line.bytesPerSecond = 2_000_000;
    const slow = await probeThroughput({ ...source.spec, port: line.port }, await tables(), 1);
    expect(slow?.bytesPerSecond).toBeGreaterThan(100_000);
    expect(slow?.bytesPerSecond).toBeLessThan(8_000_000);
    await line.close();
    const fast = await probeThroughput(source.spec, await tables(), 1);
    expect(fast?.bytesPerSecond).toBeGreaterThan(slow?.bytesPerSecond ?? 0);
    const { findings } = await check({ probeFromBytes: 1 });
    expect(named(findings, "size.estimate")[0]?.message).toMatch(/was seen to send .* a second/);
    await query(source.spec, "drop table public.wide");
  });
});
