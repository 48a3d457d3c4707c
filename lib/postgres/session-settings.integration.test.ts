import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startProxy, type TcpProxy } from "@/e2e/servers/tcp-proxy";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { quoteIdentifier, quoteLiteral } from "./quote";
import { closeSession, openSession, type SessionOptions, withSession } from "./session";
import { isConnectionLost } from "./sqlstate";

const source: SessionOptions = { side: "source", name: "ferry session test" };
const target: SessionOptions = { side: "target", name: "ferry session test" };
const rejection = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

/** Each server version and the time limits that it knows. */
const LIMITS: [string, number][] = [
  ["statement_timeout", 10],
  ["lock_timeout", 10],
  ["idle_in_transaction_session_timeout", 10],
  ["idle_session_timeout", 14],
  ["transaction_timeout", 17],
];

describe.each(testServer.versions())("a session on Postgres %i", (version) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await (await testServer(version)).createDatabase("session");
  });
  afterAll(() => database.drop());

  it.each([source, target])("has no time limits on the $side, though the database sets them all", async (options) => {
    const known = LIMITS.filter(([, since]) => version >= since).map(([name]) => name);
    await withSession(database.spec, target, async (client) => {
      for (const name of known) {
        await client.query(`alter database ${quoteIdentifier(database.spec.database)} set ${name} = '3s'`);
      }
    });
    const settings = await withSession(database.spec, options, (client) =>
      client.query("select name, setting from pg_settings where name = any ($1) order by name", [
        LIMITS.map(([name]) => name),
      ]),
    );
    expect(settings.rows).toEqual(known.sort().map((name) => ({ name, setting: "0" })));
  });

  it("writes nothing on the source", async () => {
    await withSession(database.spec, target, (client) =>
      client.query(`
        create table if not exists kept (id serial, name text);
        truncate kept;
        insert into kept (name) values ('one');
        create or replace function add_one() returns void language sql as $$ insert into kept (name) values ('two') $$`),
    );
    await withSession(database.spec, source, async (client) => {
      for (const statement of [
        "insert into kept (name) values ('two')",
        "update kept set name = 'two'",
        "delete from kept",
        "truncate kept",
        "drop table kept",
        "create table other (id int)",
        "select add_one()",
        "select nextval('kept_id_seq')",
        "select * from kept for update",
        "comment on table kept is 'seen'",
        "grant select on kept to public",
        "copy kept from program 'echo 2'",
      ]) {
        expect([statement, await rejection(client.query(statement))]).toEqual([
          statement,
          expect.objectContaining({ code: "25006" }),
        ]);
      }
    });
    await withSession(database.spec, target, async (client) => {
      expect((await client.query("select name from kept")).rows).toEqual([{ name: "one" }]);
      expect((await client.query("insert into kept (name) values ('two')")).rowCount).toBe(1);
    });
  });

  it("sets itself up with the server's own functions, whatever the search path finds first", async () => {
    const name = quoteIdentifier(database.spec.database);
    await withSession(database.spec, target, (client) =>
      client.query(`
        create function public.set_config(text, text, boolean) returns text language plpgsql
          as $$ begin raise exception 'hijacked'; end $$;
        alter database ${name} set search_path = public, pg_catalog`),
    );
    const path = await withSession(database.spec, source, (client) => client.query("show search_path"));
    expect(path.rows).toEqual([{ search_path: "public, pg_catalog" }]);
  });
});

describe.skipIf(!testServer.available(18))("a session", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await (await testServer(18)).createDatabase("session");
  });
  afterAll(() => database.drop());

  it("says in pg_stat_activity what it is for, cut to what fits", async () => {
    const name = `ferry ${"x".repeat(80)}`;
    const shown = await withSession(database.spec, { side: "target", name }, (client) =>
      client.query("select application_name from pg_stat_activity where pid = pg_backend_pid()"),
    );
    expect(shown.rows).toEqual([{ application_name: name.slice(0, 63) }]);
  });

  it("turns rows hidden by row security into an error", async () => {
    const server = await testServer(18);
    const role = await server.createRole({ database: database.spec.database });
    await withSession(database.spec, target, (client) =>
      client.query(`
        create table hidden (id int);
        insert into hidden values (1), (2);
        alter table hidden enable row level security;
        grant select on hidden to ${quoteIdentifier(role.name)}`),
    );
    const error = await rejection(withSession(role.spec, source, (client) => client.query("select * from hidden")));
    await role.drop();
    expect(error).toMatchObject({ code: "42501" });
  });

  it.each(["on", "off"])(
    "reads quoted names and values as they were, standard_conforming_strings %s",
    async (standard) => {
      await withSession(database.spec, target, async (client) => {
        await client.query(`set standard_conforming_strings = ${standard}; set escape_string_warning = off`);
        for (const text of [
          "it's",
          'say "hi"',
          "C:\\temp\\",
          "\\'; drop table kept; --",
          "a\nb",
          "Žluťoučký 🔑",
          "$$",
        ]) {
          const { rows } = await client.query(`select ${quoteLiteral(text)} as ${quoteIdentifier(text)}`);
          expect(rows).toEqual([{ [text]: text }]);
        }
      });
    },
  );

  it("is closed on every way out", async () => {
    const name = "ferry session left open";
    const failed = await rejection(
      withSession(database.spec, { side: "target", name }, async (client) => {
        await client.query("begin");
        throw new Error("the work failed");
      }),
    );
    expect(failed).toMatchObject({ message: "the work failed" });
    const left = () =>
      withSession(database.spec, target, async (client) => {
        const { rowCount } = await client.query("select from pg_stat_activity where application_name = $1", [name]);
        return rowCount;
      });
    await expect.poll(left, { timeout: 5_000 }).toBe(0);
  });

  it("ends its query with a lost connection when an administrator ends it", async () => {
    const client = await openSession(database.spec, source);
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    const query = rejection(client.query("select pg_sleep(30)"));
    await withSession(database.spec, target, (other) => other.query("select pg_terminate_backend($1)", [rows[0]?.pid]));
    expect(isConnectionLost(await query)).toBe(true);
    await closeSession(client);
  });

  describe("on a line that misbehaves", () => {
    let proxy: TcpProxy;
    beforeAll(async () => {
      proxy = await startProxy({ to: database.spec });
    });
    afterAll(() => proxy.close());
    const open = () => openSession({ ...database.spec, host: proxy.host, port: proxy.port }, source);

    it("ends its query with a lost connection when the line is cut, and the next one too", async () => {
      const client = await open();
      const query = rejection(client.query("select pg_sleep(30)"));
      setTimeout(() => proxy.cutAll(), 100);
      expect(isConnectionLost(await query)).toBe(true);
      expect(isConnectionLost(await rejection(client.query("select 1")))).toBe(true);
      await closeSession(client);
    });

    it("closes within two seconds though nobody answers, and may be closed twice", async () => {
      const client = await open();
      const query = rejection(client.query("select pg_sleep(30)"));
      proxy.blackHole = true;
      const startedAt = performance.now();
      await closeSession(client);
      await closeSession(client);
      expect(performance.now() - startedAt).toBeLessThan(2_500);
      expect(isConnectionLost(await query)).toBe(true);
      proxy.blackHole = false;
    });
  });
});
