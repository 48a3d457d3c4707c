import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { LONG_TESTS } from "@/e2e/long-tests";
import { type TestDatabase, type TestRole, testServer } from "@/e2e/servers/test-servers";
import type { FerryError } from "@/lib/errors/ferry-error";
import type { ConnectionSpec, TlsMode } from "./connection-spec";
import { quoteIdentifier } from "./quote";
import { closeSession, openSession, type SessionOptions, withSession } from "./session";

const source: SessionOptions = { side: "source", name: "ferry session test" };
const target: SessionOptions = { side: "target", name: "ferry session test" };

/** The error of a connection that must fail, and fail within the ten seconds that the user is promised. */
async function failure(spec: ConnectionSpec, options: SessionOptions = source): Promise<FerryError> {
  const startedAt = performance.now();
  const opened = await openSession(spec, options).catch((error: FerryError) => error);
  if (!(opened instanceof Error)) {
    await closeSession(opened);
    throw new Error("The connection was made.");
  }
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  return opened;
}

describe.skipIf(!testServer.available(18))("what a server refuses", () => {
  let database: TestDatabase;
  let role: TestRole;
  let spec: ConnectionSpec;

  beforeAll(async () => {
    const server = await testServer(18);
    database = await server.createDatabase("session");
    role = await server.createRole({ database: database.spec.database });
    spec = role.spec;
  });
  afterAll(async () => {
    await role.drop();
    await database.drop();
  });

  it("a wrong password", async () => {
    const error = await failure({ ...spec, password: "not it" });
    expect(error).toMatchObject({ code: "connect.auth_failed", context: { user: spec.user } });
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain("not it");
  });

  it("no password", async () => {
    expect(await failure({ ...spec, password: null })).toMatchObject({ code: "connect.auth_failed" });
  });

  it("a spec without a password, even when the environment holds the right one", async () => {
    const before = process.env.PGPASSWORD;
    process.env.PGPASSWORD = spec.password ?? "";
    try {
      expect(await failure({ ...spec, password: null })).toMatchObject({ code: "connect.auth_failed" });
    } finally {
      if (before === undefined) delete process.env.PGPASSWORD;
      else process.env.PGPASSWORD = before;
    }
  });

  it("an unknown user, whom SCRAM does not tell from a wrong password", async () => {
    const error = await failure({ ...spec, user: "nobody_of_that_name" });
    expect(error).toMatchObject({ code: "connect.auth_failed", context: { user: "nobody_of_that_name" } });
  });

  it("a missing database", async () => {
    const error = await failure({ ...spec, database: "no such shop" });
    expect(error).toMatchObject({ code: "connect.database_missing", context: { database: "no such shop" } });
  });

  it("a database that the role may not enter", async () => {
    const name = quoteIdentifier(spec.database);
    const asOwner = (sql: string) => withSession(database.spec, target, (client) => client.query(sql));
    await asOwner(`revoke connect on database ${name} from public`);
    const error = await failure(spec);
    await asOwner(`grant connect on database ${name} to public`);
    expect(error).toMatchObject({ code: "connect.not_allowed" });
  });

  it("more connections than the role may have", async () => {
    await withSession(database.spec, target, (client) =>
      client.query(`alter role ${quoteIdentifier(spec.user)} connection limit 1`),
    );
    const first = await openSession(spec, source);
    const error = await failure(spec);
    await closeSession(first);
    await withSession(database.spec, target, (client) =>
      client.query(`alter role ${quoteIdentifier(spec.user)} connection limit -1`),
    );
    expect(error).toMatchObject({ code: "connect.too_many" });
  });

  it.each<TlsMode>(["require", "verify-ca", "verify-full"])("TLS, asked for by %s and not offered", async (mode) => {
    expect(await failure({ ...spec, tls: { mode } })).toMatchObject({ code: "connect.tls_not_offered" });
  });

  it("but not a session that only prefers TLS: it goes on in plain text", async () => {
    const found = await withSession({ ...spec, tls: { mode: "prefer" } }, source, (client) =>
      client.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()"),
    );
    expect(found.rows).toEqual([{ ssl: false }]);
  });
});

const nowhere = (host: string, port: number, mode: TlsMode = "prefer"): ConnectionSpec => ({
  host,
  port,
  database: "shop",
  user: "anna",
  password: "correct horse",
  tls: { mode },
});

describe("an address without a Postgres", () => {
  const open: { server: Server; sockets: Set<Socket> }[] = [];

  async function listen(server: Server): Promise<number> {
    const sockets = new Set<Socket>();
    server.on("connection", (socket: Socket) => sockets.add(socket.on("error", () => {})));
    open.push({ server, sockets });
    await once(server.listen(0, "127.0.0.1"), "listening");
    return (server.address() as AddressInfo).port;
  }

  afterEach(() => {
    for (const { server, sockets } of open.splice(0)) {
      server.close();
      for (const socket of sockets) socket.destroy();
    }
  });

  it("unknown host", async () => {
    const error = await failure(nowhere("no-such-host.invalid", 5432));
    expect(error).toMatchObject({ code: "connect.host_unknown", context: { host: "no-such-host.invalid" } });
  });

  it.each(["127.0.0.1", "localhost"])("nothing listens at %s", async (host) => {
    const server = createServer();
    const port = await listen(server);
    server.close();
    await once(server, "close");
    const error = await failure(nowhere(host, port));
    expect(error).toMatchObject({ code: "connect.refused", context: { host, port, side: "source" } });
  });

  const MODES: TlsMode[] = ["disable", "prefer", "require"];

  it.each(MODES)("an HTTP server (sslmode=%s)", async (mode) => {
    const port = await listen(createHttpServer((_request, response) => response.end("hello")));
    expect(await failure(nowhere("127.0.0.1", port, mode))).toMatchObject({ code: "connect.not_postgres" });
  });

  it.each(MODES)("a server that greets first, as mail and ssh do (sslmode=%s)", async (mode) => {
    const port = await listen(createServer((socket) => socket.write("220 mail.example ESMTP ready\r\n")));
    const error = await failure(nowhere("127.0.0.1", port, mode), { ...source, connectTimeoutMs: 3_000 });
    expect(error).toMatchObject({ code: "connect.not_postgres" });
  });

  it.each(MODES)("a MySQL server (sslmode=%s)", async (mode) => {
    const greeting = Buffer.concat([
      Buffer.from([0x4a, 0, 0, 0, 10]),
      Buffer.from("8.0.36\0"),
      Buffer.from([9, 0, 0, 0]),
      Buffer.from("abcdefgh\0"),
      Buffer.from([0xff, 0xff, 0xff, 2, 0, 0xff, 0xdf, 21]),
      Buffer.alloc(10),
      Buffer.from("mnopqrstuvwx\0caching_sha2_password\0"),
    ]);
    const port = await listen(createServer((socket) => socket.write(greeting)));
    const error = await failure(nowhere("127.0.0.1", port, mode), { ...source, connectTimeoutMs: 3_000 });
    expect(error).toMatchObject({ code: "connect.not_postgres" });
  });

  it.each(MODES)("a server that hangs up at once (sslmode=%s)", async (mode) => {
    const port = await listen(createServer((socket) => socket.end()));
    expect(await failure(nowhere("127.0.0.1", port, mode))).toMatchObject({ code: "connect.not_postgres" });
  });

  it.each(MODES)("a server that resets at once (sslmode=%s)", async (mode) => {
    const port = await listen(createServer((socket) => socket.resetAndDestroy()));
    expect(await failure(nowhere("127.0.0.1", port, mode))).toMatchObject({ code: "connect.not_postgres" });
  });

  it("a server that agrees to TLS and then speaks something else", async () => {
    const port = await listen(
      createServer((socket) =>
        socket.once("data", () => socket.write("S").toString() && socket.write("hello there\r\n")),
      ),
    );
    expect(await failure(nowhere("127.0.0.1", port, "require"))).toMatchObject({ code: "connect.not_postgres" });
  });

  const silences: [TlsMode, number][] = [
    ["prefer", 1],
    ["disable", 8],
  ];
  it.each(silences.slice(0, LONG_TESTS ? 2 : 1))("a silent black hole (sslmode=%s)", async (mode, seconds) => {
    const port = await listen(createServer());
    const options = seconds === 8 ? source : { ...source, connectTimeoutMs: seconds * 1_000 };
    const error = await failure(nowhere("127.0.0.1", port, mode), options);
    expect(error).toMatchObject({ code: "connect.timed_out", context: { host: "127.0.0.1", port, seconds } });
  });

  it("one that refuses TLS late and then falls silent: both attempts share the time limit", async () => {
    const port = await listen(
      createServer((socket) =>
        socket.once("data", (bytes) => bytes.length === 8 && setTimeout(() => socket.write("N"), 1_500)),
      ),
    );
    const startedAt = performance.now();
    const error = await failure(nowhere("127.0.0.1", port), { ...source, connectTimeoutMs: 2_000 });
    expect(performance.now() - startedAt).toBeLessThan(3_400);
    expect(error).toMatchObject({ code: "connect.timed_out", context: { seconds: 2 } });
  });

  it("one that logs in and then falls silent, as a pooler without a server behind it", async () => {
    const authenticationOk = [0x52, 0, 0, 0, 8, 0, 0, 0, 0];
    const readyForQuery = [0x5a, 0, 0, 0, 5, 0x49];
    const port = await listen(
      createServer((socket) =>
        socket.once("data", () => socket.write(Buffer.from([...authenticationOk, ...readyForQuery]))),
      ),
    );
    const error = await failure(nowhere("127.0.0.1", port, "disable"), { ...source, connectTimeoutMs: 1_000 });
    expect(error).toMatchObject({ code: "connect.timed_out", context: { seconds: 1 } });
  });
});
