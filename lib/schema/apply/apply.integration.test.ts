import type { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startProxy } from "@/e2e/servers/tcp-proxy";
import { type TestDatabase, type TestServer, testServer } from "@/e2e/servers/test-servers";
import { closeSession, openSession, withSession } from "@/lib/postgres/session";
import { applyEntries, applyInTransaction, type EntryStatement } from "./index";

const session = { side: "target", name: "ferry test" } as const;

const table = (id: number, more: Partial<EntryStatement> = {}): EntryStatement => ({
  ...{ id, kind: "TABLE", subject: `t${id}`, statement: `CREATE TABLE public.t${id} (a integer);`, bestEffort: false },
  ...more,
});
const tables = (count: number) => Array.from({ length: count }, (_, index) => table(index));

describe("applying a batch", () => {
  let server: TestServer;
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    server = await testServer(testServer.versions(14, 18).at(-1) ?? 18);
    database = await server.createDatabase("applied");
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    client = await openSession(database.spec, session);
    await client.query(
      "drop schema public cascade; create schema public; create table public.ledger (unit text primary key)",
    );
    return () => closeSession(client);
  });

  const ledgerRow = async (target: Client) => {
    await target.query("insert into public.ledger values ('unit')");
  };
  const count = async (
    query = "select count(*)::int as count from pg_class where relname ~ '^t[0-9]+$'",
  ): Promise<number> => withSession(database.spec, session, async (other) => (await other.query(query)).rows[0].count);
  const recorded = () => count("select count(*)::int as count from public.ledger");

  /** Messages sent while `work` runs: each is a round trip. */
  async function messages(work: () => Promise<unknown>): Promise<number> {
    const { stream } = (client as unknown as { connection: { stream: { write(data: Buffer): boolean } } }).connection;
    const write = stream.write.bind(stream);
    let sent = 0;
    stream.write = (data) => {
      sent += 1;
      return write(data);
    };
    await work();
    stream.write = write;
    return sent;
  }

  it("takes few round trips, whatever the number of entries, and records itself in the same transaction", async () => {
    const few = await messages(() => applyEntries({ client, statements: tables(1), ledgerRow }));
    await client.query("delete from public.ledger; drop table public.t0");
    const many = await messages(() => applyEntries({ client, statements: tables(300), ledgerRow }));
    expect(many).toBe(few);
    expect(many).toBeLessThanOrEqual(5);
    expect([await count(), await recorded()]).toEqual([300, 1]);
  });

  it("finds each entry that fails, applies all others and classes the failures", async () => {
    const statements = tables(60);
    statements[7] = table(7, {
      kind: "INDEX",
      subject: "bad index",
      statement: "CREATE INDEX i ON public.nowhere (a);",
    });
    statements[8] = table(8, {
      kind: "COMMENT",
      subject: "bad comment",
      statement: "COMMENT ON TABLE public.nowhere IS 'x';",
      bestEffort: true,
    });
    statements[31] = table(31, {
      kind: "VIEW",
      subject: "bad syntax",
      statement: "CREATE VIEW public.v AS SELECT FROM WHERE;",
    });
    statements[59] = table(59, { kind: "EXTENSION", subject: "there", statement: "CREATE SCHEMA public;" });
    const { committed, failures } = await applyEntries({ client, statements, ledgerRow });
    expect(committed).toBe(true);
    expect(failures.map(({ subject, severity, sqlstate }) => [subject, severity, sqlstate])).toEqual([
      ["bad index", "degraded", "42P01"],
      ["bad comment", "harmless", "42P01"],
      ["bad syntax", "degraded", "42601"],
      ["there", "harmless", "42P06"],
    ]);
    expect([await count(), await recorded()]).toEqual([56, 1]);
  });

  it("leaves nothing when rows would have nowhere to go, and still names every failure", async () => {
    const statements = [
      ...tables(3),
      table(3, { statement: "CREATE TABLE public.t3 (a public.missing);" }),
      table(4, {
        kind: "FUNCTION",
        subject: "f",
        statement: "CREATE FUNCTION public.f() RETURNS public.missing LANGUAGE sql AS 'x';",
      }),
      table(5, { statement: "CREATE TABLE public.t5 (LIKE public.t3);" }),
    ];
    const { committed, failures } = await applyEntries({ client, statements, ledgerRow });
    expect(committed).toBe(false);
    expect(failures.map(({ subject, severity }) => [subject, severity])).toEqual([
      ["t3", "fatal"],
      ["f", "degraded"],
      ["t5", "fatal"],
    ]);
    expect([await count(), await recorded()]).toEqual([0, 0]);
  });

  it("undoes what a failing entry has half done", async () => {
    const half = table(1, {
      kind: "VIEW",
      statement: "CREATE TABLE public.t1 (); CREATE VIEW public.v AS SELECT * FROM nowhere;",
    });
    const { failures } = await applyEntries({ client, statements: [table(0), half, table(2)], ledgerRow });
    expect(failures).toHaveLength(1);
    expect(await count()).toBe(2);
  });

  it("applies nothing when the batch is recorded already", async () => {
    await applyEntries({ client, statements: tables(2), ledgerRow });
    await expect(applyEntries({ client, statements: [table(9)], ledgerRow })).rejects.toMatchObject({ code: "23505" });
    expect(await count()).toBe(2);
  });

  it("goes on in a transaction of the caller's", async () => {
    await client.query("begin");
    const failures = await applyInTransaction(client, [table(1), table(2, { kind: "VIEW", statement: "nonsense" })]);
    expect(failures).toHaveLength(1);
    await ledgerRow(client);
    await client.query("commit");
    expect([await count(), await recorded()]).toEqual([1, 1]);
  });

  it("sends what does not fit one message in several", async () => {
    const long = (id: number) =>
      table(id, {
        statement: `CREATE TABLE public.t${id} (); COMMENT ON TABLE public.t${id} IS '${"x".repeat(700_000)}';`,
      });
    const { failures } = await applyEntries({ client, statements: [long(1), long(2), long(3)], ledgerRow });
    expect(failures).toEqual([]);
    expect(await count()).toBe(3);
  });

  it("leaves no trace when the connection breaks in the middle, and succeeds when it is done again", async () => {
    const proxy = await startProxy({ to: server });
    const broken = await openSession({ ...database.spec, port: proxy.port }, session);
    const cut = tables(200).flatMap((entry) =>
      entry.id === 150 ? [table(999, { kind: "VIEW", statement: "SELECT pg_sleep(1.5);" }), entry] : [entry],
    );
    const applying = applyEntries({ client: broken, statements: cut, ledgerRow });
    setTimeout(() => proxy.cutAll(), 500);
    await expect(applying).rejects.toThrow(/terminated|ECONNRESET/);
    await closeSession(broken);
    await proxy.close();
    expect([await count(), await recorded()]).toEqual([0, 0]);
    const { committed, failures } = await applyEntries({ client, statements: tables(200), ledgerRow });
    expect([committed, failures, await count(), await recorded()]).toEqual([true, [], 200, 1]);
  });

  it("throws what is not about an entry, so that the batch is done again", async () => {
    await client.query("set statement_timeout = 200");
    const slow = table(1, { kind: "VIEW", statement: "SELECT pg_sleep(3);" });
    await expect(applyEntries({ client, statements: [table(0), slow], ledgerRow })).rejects.toMatchObject({
      code: "57014",
    });
    expect([await count(), await recorded()]).toEqual([0, 0]);
  });
});
