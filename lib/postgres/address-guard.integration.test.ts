import { randomUUID } from "node:crypto";
import type { LookupAddress } from "node:dns";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { setTimeout } from "node:timers/promises";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { testServer } from "@/e2e/servers/test-servers";
import { explain, toStored } from "@/lib/errors/describe";
import { dumpSchema } from "@/lib/schema/dump";
import { makeGuard } from "@/lib/security/address-guard";
import { parseAllowList } from "@/lib/security/allow-list";
import { MOST_KNOWN } from "@/lib/security/known-secrets";
import { redact, rememberSecrets } from "@/lib/security/redact";
import { parseConnectionString } from "@/lib/source/connection-string";
import { chooseHost } from "./choose-host";
import type { ConnectionSpec, TlsMode } from "./connection-spec";
import { firstLook } from "./first-look";
import { GuardedSocket } from "./guarded-socket";
import { withSession } from "./session";

/** On an address of its own; Linux lets all of 127.0.0.0/8 be listened at without being told. */
async function listener(host: string, port = 0): Promise<{ server: Server; port: number; visits: () => number }> {
  let visits = 0;
  const server = createServer((socket) => {
    visits += 1;
    socket.on("error", () => {}).destroy();
  });
  await once(server.listen(port, host), "listening");
  return { server, port: (server.address() as AddressInfo).port, visits: () => visits };
}

const spec = (host: string, port: number, mode: TlsMode = "prefer"): ConnectionSpec => ({
  ...{ host, port, database: "d", user: "u", password: null, tls: { mode } },
});
const options = { side: "source", name: "ferry test" } as const;

const refused = (kind: string) => ({ code: "connect.address_refused", context: { kind } });

beforeEach(() => vi.stubEnv("FERRY_MODE", "hosted"));
afterEach(() => vi.unstubAllEnvs());

describe("a hosted Ferry", () => {
  it("opens no socket to its own machine, however it is named and whoever asks", async () => {
    const { server, port, visits } = await listener("127.0.0.1");
    const named = (host: string) => spec(host, port);
    const look = (one: ConnectionSpec) => firstLook(one, options);
    await expect(look(named("127.0.0.1"))).rejects.toMatchObject(refused("loopback"));
    await expect(look(named("0x7f.1"))).rejects.toMatchObject(refused("loopback"));
    await expect(look(named("localhost"))).rejects.toMatchObject(refused("loopback"));
    await expect(look({ ...named("db.example"), address: "127.0.0.1" })).rejects.toMatchObject(refused("loopback"));
    await expect(look(named("/tmp"))).rejects.toMatchObject(refused("socket"));
    const several = { ...named("::1"), otherHosts: [{ host: "localhost", port }] };
    await expect(chooseHost(several, options)).rejects.toMatchObject(refused("loopback"));
    await expect(dumpSchema({ spec: named("localhost"), side: "target" })).rejects.toMatchObject(refused("loopback"));
    expect(visits()).toBe(0);
    server.close();
  });

  it("says what is wrong and who can change it, and not where the name leads", async () => {
    const error = await firstLook(spec("localhost", 5432), options).catch((thrown: unknown) => thrown);
    const { what, remedy } = explain(toStored(error));
    expect(what).toBe(
      "The source host localhost leads to a loopback address, and this Ferry connects to addresses on the internet only.",
    );
    expect(remedy).toContain("FERRY_ALLOW_ADDRESSES");
    expect(JSON.stringify(toStored(error))).not.toContain("127.0.0.1");
  });

  it("is not led elsewhere by what allows the name of a certificate", async () => {
    vi.stubEnv("FERRY_ALLOW_ADDRESSES", "db.internal");
    const elsewhere = { ...spec("db.internal", 1), address: "127.0.0.1" };
    await expect(firstLook(elsewhere, options)).rejects.toMatchObject(refused("loopback"));
  });

  it("connects to nothing while its list cannot be read", async () => {
    vi.stubEnv("FERRY_ALLOW_ADDRESSES", "127.0.0.0/8, 10.0.0");
    await expect(firstLook(spec("127.0.0.1", 1), options)).rejects.toThrow("10.0.0 is neither");
  });

  it.each(["127.0.0.0/8", "::1, 127.0.0.1", "localhost"])("works with a server that %s lets in", async (allowed) => {
    const database = await (await testServer(18)).createDatabase("guarded");
    vi.stubEnv("FERRY_ALLOW_ADDRESSES", allowed);
    const at = allowed === "localhost" ? { ...database.spec, host: "localhost" } : database.spec;
    const rows = await withSession(at, options, async (client) => (await client.query("select 1 as one")).rows);
    expect(rows).toEqual([{ one: 1 }]);
    expect((await dumpSchema({ spec: at, side: "source" })).serverVersion).toMatch(/^18/);
    vi.stubEnv("FERRY_MODE", "embedded");
    await database.drop();
  });
});

it("a password is known for as long as a session has it open", async () => {
  vi.stubEnv("FERRY_MODE", "embedded");
  const database = await (await testServer(18)).createDatabase("held");
  const [secret, wrong] = [randomUUID(), randomUUID()];
  const role = `held_${secret.slice(0, 8)}`;
  const ask = (sql: string) =>
    withSession(database.spec, { ...options, side: "target" }, (client) => client.query(sql));
  await ask(`create role ${role} login password '${secret}'`);
  const isKnown = (text: string) => {
    // So many others come that it has to go, unless it is held.
    rememberSecrets(Array.from({ length: MOST_KNOWN }, () => randomUUID()));
    return !redact(text).includes(text);
  };
  const login = { ...database.spec, user: role, password: secret };
  await withSession(login, options, async () => {
    await setTimeout(5);
    expect(isKnown(secret)).toBe(true);
  });
  await expect(withSession({ ...login, password: wrong }, options, async () => {})).rejects.toThrow();
  await expect.poll(() => isKnown(secret) || isKnown(wrong)).toBe(false);
  await ask(`drop role ${role}`);
  await database.drop();
});

describe("an embedded Ferry", () => {
  beforeEach(() => vi.stubEnv("FERRY_MODE", "embedded"));

  it("that asks people to sign in connects to its own network for nobody, but to the servers that it carries", async () => {
    const { server, port, visits } = await listener("127.0.0.1");
    vi.stubEnv("FERRY_ACCOUNTS", "on");
    await expect(firstLook(spec("127.0.0.1", port), options)).rejects.toMatchObject(refused("loopback"));
    await expect(firstLook(spec("db.example", 25), options)).rejects.toMatchObject(refused("port"));
    expect(visits()).toBe(0);
    const own: ConnectionSpec = { ...spec("127.0.0.1", port), isOwn: true };
    await expect(firstLook(own, options)).rejects.not.toMatchObject(refused("loopback"));
    expect(visits()).toBeGreaterThan(0);
    server.close();
  });

  it("that is its user's own connects to everything", async () => {
    const { server, port, visits } = await listener("127.0.0.1");
    await expect(firstLook(spec("127.0.0.1", port), options)).rejects.not.toMatchObject(refused("loopback"));
    expect(visits()).toBeGreaterThan(0);
    server.close();
  });
});

it("nothing that is pasted makes a server one of Ferry's own", () => {
  for (const text of [
    "postgres://u:p@127.0.0.1/d?isOwn=true",
    "host=127.0.0.1 user=u isOwn=true",
    '{"host":"127.0.0.1","user":"u","isOwn":true}',
  ]) {
    let read: ConnectionSpec | undefined;
    try {
      read = parseConnectionString(text);
    } catch (error) {
      expect(error).toMatchObject({ code: "connection_string.invalid" });
    }
    expect(read?.isOwn).toBeUndefined();
  }
});

describe.skipIf(process.platform !== "linux")("a resolver that answers otherwise the second time", () => {
  it("is asked once for each socket, which goes to what was checked", async () => {
    const good = await listener("127.0.0.2");
    const bad = await listener("127.0.0.1", good.port);
    const answers: LookupAddress[] = [{ address: "127.0.0.2", family: 4 }];
    let asked = 0;
    const guard = makeGuard(parseAllowList("127.0.0.2"), (_host, _options, done) => {
      asked += 1;
      done(null, [answers.shift() ?? { address: "127.0.0.1", family: 4 }]);
    });
    const connect = () =>
      new Client({
        host: "rebinding.example",
        port: good.port,
        user: "u",
        stream: () => new GuardedSocket(guard),
      }).connect();
    await expect(connect()).rejects.toThrow("Connection terminated");
    expect([asked, good.visits(), bad.visits()]).toEqual([1, 1, 0]);
    await expect(connect()).rejects.toMatchObject({ kind: "loopback" });
    expect([asked, good.visits(), bad.visits()]).toEqual([2, 1, 0]);
    for (const { server } of [good, bad]) server.close();
  });
});

describe("the webhook of a hosted Ferry", () => {
  it.each(["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "[::ffff:7f00:1]"])(
    "is not posted to %s",
    async (host) => {
      let posts = 0;
      const server = createHttpServer((_request, response) => {
        posts += 1;
        response.end();
      });
      await once(server.listen(0, "::"), "listening");
      const url = `http://${host}:${(server.address() as AddressInfo).port}/`;
      const { postOnce } = await import("@/lib/imports/post-once");
      const post = () => postOnce({ url, headers: {}, body: "{}", timeoutMs: 5_000 });
      await expect(post()).rejects.toMatchObject({ name: "AddressRefused", kind: "loopback" });
      expect(posts).toBe(0);
      vi.stubEnv("FERRY_ALLOW_ADDRESSES", "127.0.0.0/8, ::1");
      expect(await post()).toBe(200);
      server.close();
    },
  );
});
