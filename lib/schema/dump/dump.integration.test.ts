import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LONG_TESTS } from "@/e2e/long-tests";
import { startProxy } from "@/e2e/servers/tcp-proxy";
import { type TestDatabase, type TestServer, testServer } from "@/e2e/servers/test-servers";
import type { FerryError } from "@/lib/errors/ferry-error";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { closeSession, openSession, withSession } from "@/lib/postgres/session";
import { parseArchive } from "../archive";
import { dumpArguments } from "./arguments";
import { dumpSchema } from "./index";
import { runPgDump, startWorker } from "./run";
import { takeOver } from "./takeover";

const admin = { side: "metadata", name: "ferry test" } as const;
const run = (spec: ConnectionSpec, sql: string) => withSession(spec, admin, (client) => client.query(sql));

/** Sessions of pg_dump in the database; those that wait for a lock are in the middle of their work. */
async function dumpSessions(spec: ConnectionSpec, more = ""): Promise<number> {
  const { rows } = await run(
    spec,
    `select count(*)::int as count from pg_stat_activity
      where datname = current_database() and application_name like '%pg_dump%' ${more}`,
  );
  return rows[0].count;
}
const oneWaits = async (spec: ConnectionSpec) => (await dumpSessions(spec, "and wait_event_type = 'Lock'")) === 1;

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("It did not come to that.");
}

const failing = (work: Promise<unknown>): Promise<FerryError> =>
  work.then(
    () => {
      throw new Error("It should have failed.");
    },
    (error) => error,
  );

// The versions between are dumped by the tests of the regression database.
const all = testServer.versions(10, 18);
const versions = [...new Set([all.at(0) ?? 18, all.at(-1) ?? 18])];
describe.each(versions)("pg_dump of a server of version %i", (version) => {
  it("reads definitions, dependencies and sections, under a snapshot, and only reads", async () => {
    const server = await testServer(version);
    const { spec, drop } = await server.createDatabase("dumped");
    await run(spec, "create table t (id serial primary key, n int check (n > 0)); create view v as select id from t");
    const client = await openSession(spec, admin);
    await client.query("begin isolation level repeatable read read only");
    const { rows } = await client.query("select pg_export_snapshot() as snapshot");
    await run(spec, "create table later ()");
    const archive = await dumpSchema({ spec, side: "source", snapshot: rows[0].snapshot });
    await closeSession(client);
    expect(archive.serverVersion).toMatch(new RegExp(`^${version}\\.`));
    const names = archive.entries.map(({ kind, schema, name, section }) => [kind, schema, name, section]);
    // Before version 15 the public schema is told about as well, since its owner and grants were others.
    expect(names.filter(([kind, schema]) => schema !== null || kind === "EXTENSION")).toEqual([
      ["TABLE", "public", "t", "pre-data"],
      ["SEQUENCE", "public", "t_id_seq", "pre-data"],
      ["SEQUENCE OWNED BY", "public", "t_id_seq", "pre-data"],
      ["VIEW", "public", "v", "pre-data"],
      ["DEFAULT", "public", "t id", "pre-data"],
      ["CONSTRAINT", "public", "t t_pkey", "post-data"],
    ]);
    const table = archive.entries.find(({ kind }) => kind === "TABLE");
    const view = archive.entries.find(({ kind }) => kind === "VIEW");
    expect(view?.dependencies).toContain(table?.id);
    await drop();
  });
});

describe("pg_dump in a worker", () => {
  const version = testServer.versions(17, 18)[0] ?? 18;
  let server: TestServer;
  let database: TestDatabase;

  beforeAll(async () => {
    server = await testServer(version);
    database = await server.createDatabase("host");
    await run(database.spec, "create table locked (a int); create table odd_body ()");
  });
  afterAll(() => database.drop());

  it("takes what stands in a function's body as it is", async () => {
    const body = "\n\\restrict x\n\\unrestrict x\n--\n-- TOC entry 1 (class 1 OID 1)\n\\.\n";
    const create = `create function odd() returns void language sql as $x$${body}$x$`;
    await run(database.spec, `set check_function_bodies = off; ${create}`);
    const archive = await dumpSchema({ spec: database.spec, side: "source" });
    expect(archive.entries.find(({ name }) => name === "odd()")?.statement).toContain(
      `AS $_$${body}$_$;`.replaceAll("$_$", "$$$$"),
    );
    await run(database.spec, "drop function odd()");
  });

  it("reads an answer that arrives in pieces, also when they cut through its last message", async () => {
    const whole = await dumpSchema({ spec: database.spec, side: "source" });
    // The last message of each answer has six bytes: a type, a length and a state.
    for (const tail of [1, 3, 5]) {
      const session = await takeOver(await openSession(database.spec, { side: "source", name: "ferry pg_dump" }));
      const { socket } = session;
      const pieces = new Duplex({
        read: () => {},
        write: (chunk, _, done) => done(socket.write(chunk) ? null : undefined),
      });
      socket.on("data", (chunk) => {
        for (const piece of [chunk.subarray(0, -tail), chunk.subarray(-tail)]) if (piece.length > 0) pieces.push(piece);
      });
      socket.resume();
      const end = await runPgDump({
        worker: startWorker(),
        session: { ...session, socket: pieces as Socket },
        args: dumpArguments({ lockTimeoutMs: 10_000, serverEncoding: "UTF8" }),
        limits: { outputBytes: 1 << 28, memoryBytes: 1 << 30 },
        signal: new AbortController().signal,
      });
      socket.destroy();
      expect(end.kind === "finished" && parseArchive(end.output)).toEqual(whole);
    }
  });

  it("runs several times at once", async () => {
    const archives = await Promise.all([1, 2, 3, 4].map(() => dumpSchema({ spec: database.spec, side: "source" })));
    const [first, ...others] = archives;
    for (const other of others) expect(other).toEqual(first);
  });

  it("ends its worker and its session when it is cancelled while it waits for a lock", async () => {
    const holder = await openSession(database.spec, admin);
    await holder.query("begin; lock table locked in access exclusive mode");
    const cancel = new AbortController();
    const dump = failing(dumpSchema({ spec: database.spec, side: "source", signal: cancel.signal }));
    await until(() => oneWaits(database.spec));
    cancel.abort(new Error("enough"));
    expect((await dump).message).toBe("enough");
    await until(async () => (await dumpSessions(database.spec)) === 0);
    await closeSession(holder);
  });

  it("ends in time, and says which table it waited for", async () => {
    const holder = await openSession(database.spec, admin);
    await holder.query("begin; lock table locked in access exclusive mode");
    const error = await failing(dumpSchema({ spec: database.spec, side: "source", timeoutMs: 2_000 }));
    expect(error).toMatchObject({ code: "schema.dump_failed", context: { side: "source" } });
    expect(error.context.reason).toMatch(/canceling statement due to|lock/);
    await until(async () => (await dumpSessions(database.spec)) === 0);
    await closeSession(holder);
  });

  it.runIf(LONG_TESTS)("ends in time on a line that has fallen silent", async () => {
    const proxy = await startProxy({ to: server });
    const spec = { ...database.spec, port: proxy.port };
    const holder = await openSession(database.spec, admin);
    await holder.query("begin; lock table locked in access exclusive mode");
    const dump = failing(dumpSchema({ spec, side: "source", timeoutMs: 2_000 }));
    await until(() => oneWaits(database.spec));
    proxy.blackHole = true;
    expect(await dump).toMatchObject({
      code: "schema.dump_failed",
      context: { reason: "it took longer than 2 seconds" },
    });
    await closeSession(holder);
    await proxy.close();
  });

  it("says so when the server closes the connection in the middle", async () => {
    const holder = await openSession(database.spec, admin);
    await holder.query("begin; lock table locked in access exclusive mode");
    const dump = failing(dumpSchema({ spec: database.spec, side: "source" }));
    await until(() => oneWaits(database.spec));
    await run(
      database.spec,
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like '%pg_dump%'",
    );
    const error = await dump;
    expect(error).toMatchObject({ code: "connect.lost", context: { side: "source" } });
    expect(error.context.reason).toMatch(/terminating connection|closed the connection/);
    await closeSession(holder);
  });

  it("says so when the line breaks", async () => {
    const proxy = await startProxy({ to: server });
    const holder = await openSession(database.spec, admin);
    await holder.query("begin; lock table locked in access exclusive mode");
    const dump = failing(dumpSchema({ spec: { ...database.spec, port: proxy.port }, side: "source" }));
    await until(() => oneWaits(database.spec));
    proxy.cutAll();
    expect(await dump).toMatchObject({ code: "connect.lost" });
    await closeSession(holder);
    await proxy.close();
  });

  it("carries pg_dump's own words", async () => {
    const role = await server.createRole({ database: database.spec.database });
    const error = await failing(dumpSchema({ spec: role.spec, side: "source" }));
    expect(error).toMatchObject({ code: "schema.dump_failed" });
    expect(error.context.reason).toBe("query failed: ERROR:  permission denied for table locked");
    await dumpSchema({
      spec: role.spec,
      side: "source",
      excludeTables: ["locked", "odd_body"].map((name) => ({ schema: "public", name })),
    });
    await role.drop();
  });

  it("tells a lost snapshot from other failures", async () => {
    const error = await failing(dumpSchema({ spec: database.spec, side: "source", snapshot: "00000003-00000002-1" }));
    expect(error.code).toBe("snapshot.lost");
  });

  it("keeps to its limits of output and memory", async () => {
    const small = { spec: database.spec, side: "source" } as const;
    const output = await failing(dumpSchema({ ...small, limits: { outputBytes: 100 } }));
    expect(output.context.reason).toMatch(/more than 0 MiB of output/);
    await run(
      database.spec,
      `create function large() returns text language sql as $x$select '${"x".repeat(12_000_000)}'$x$`,
    );
    // Left to itself, pg_dump drops what does not fit and says nothing.
    const memory = await failing(dumpSchema({ ...small, limits: { memoryBytes: 66 * 1024 * 1024 } }));
    expect(memory.context.reason).toMatch("or 66 MiB of memory");
    const archive = await dumpSchema(small);
    expect(archive.entries.find(({ name }) => name === "large()")?.statement.length).toBeGreaterThan(12_000_000);
  });

  it("reads a database in another encoding, and stops at one that has none where a name cannot be read", async () => {
    const made: string[] = [];
    const encoded = async (encoding: string, sql: string) => {
      const name = `encoded_${encoding.toLowerCase()}_${process.pid}`;
      made.push(name);
      await run(server.superuser, `create database ${name} encoding '${encoding}' locale 'C' template template0`);
      const spec = { ...server.superuser, database: name };
      await run(spec, sql);
      return dumpSchema({ spec, side: "source" });
    };
    const latin = await encoded("LATIN1", `create table "Straße" ("é" int)`);
    expect(latin.entries.find(({ kind }) => kind === "TABLE")).toMatchObject({ name: "Straße" });
    expect(latin.entries.find(({ kind }) => kind === "TABLE")?.statement).toContain('"é" integer');
    const broken =
      "create table fine (); do $$ begin execute 'comment on table fine is ' || quote_literal(E'\\xff'); end $$";
    const error = await failing(encoded("SQL_ASCII", broken));
    expect(error).toMatchObject({ code: "schema.archive_unreadable", context: { entry: "COMMENT TABLE fine" } });
    for (const name of made) await run(server.superuser, `drop database ${name}`);
  });

  it("connects by password, as a role that may only read", async () => {
    const role = await server.createRole({ database: database.spec.database });
    await run(database.spec, `grant select on all tables in schema public to ${role.name}`);
    const archive = await dumpSchema({ spec: role.spec, side: "source" });
    expect(archive.entries.some(({ name }) => name === "locked")).toBe(true);
    await run(database.spec, `drop owned by ${role.name}`);
    await role.drop();
  });

  it("does not begin when it is cancelled already", async () => {
    const error = await failing(
      dumpSchema({ spec: database.spec, side: "source", signal: AbortSignal.abort(new Error("no")) }),
    );
    expect(error.message).toBe("no");
  });
});
