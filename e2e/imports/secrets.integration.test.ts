import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type FerryRig, QUICK_RETRIES, startFerry } from "@/e2e/imports/ferry-rig";
import { type HttpRecord, recordHttp } from "@/e2e/imports/http-record";
import { everythingIn, foundIn, spellings } from "@/e2e/imports/markers";
import { makeScene, query, type Scene, SOURCE, TARGET } from "@/e2e/imports/scene";
import { testServer } from "@/e2e/servers/test-servers";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { quoteIdentifier, quoteLiteral } from "@/lib/postgres/quote";
import { closeSession, openSession } from "@/lib/postgres/session";

/** With characters that each encoding writes in another way. */
const SECRETS = { source: "Mark3r/S0urce&x'", target: 'Mark3r+T4rget%y"', webhook: "Mark3d<W3bhook>z?" };

let ferry: FerryRig;
let scene: Scene;
const lines: HttpRecord[] = [];
const said: string[] = [];
const told: Buffer[] = [];
const listener = createServer(async (request, response) => {
  told.push(Buffer.from(JSON.stringify(request.rawHeaders)), ...(await request.toArray()));
  response.end();
});

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
    vi.spyOn(stream, "write").mockImplementation((...given: unknown[]) => {
      said.push(String(given[0]));
      return write(...given);
    });
  }
  for (const name of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, name).mockImplementation((...words: unknown[]) => void said.push(words.map(String).join(" ")));
  }
  await once(listener.listen(0, "127.0.0.1"), "listening");
  process.env.FERRY_WEBHOOK_URL = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;
  process.env.FERRY_WEBHOOK_SECRET = SECRETS.webhook;
  ferry = await startFerry({
    tuning: QUICK_RETRIES,
    between: async (origin) => {
      const line = await recordHttp(origin);
      lines.push(line);
      return line.url;
    },
  });
  scene = await makeScene(
    "create table public.t (id int primary key); insert into public.t select generate_series(1, 10)",
  );
});
afterAll(async () => {
  await scene?.close();
  await ferry?.stop();
  for (const line of lines) line.close();
  listener.close();
  vi.restoreAllMocks();
});

async function withPassword(spec: ConnectionSpec, server: typeof SOURCE, password: string): Promise<ConnectionSpec> {
  const role = await (await testServer(server)).createRole({ attributes: "superuser" });
  await query(spec, `alter role ${quoteIdentifier(role.name)} password ${quoteLiteral(password)}`);
  return { ...spec, user: role.name, password };
}

it("finds a secret in each spelling", () => {
  for (const secret of Object.values(SECRETS)) {
    expect(spellings(secret).length).toBeGreaterThan(10);
    for (const text of [
      `x${secret}`,
      `?p=${encodeURIComponent(secret)}`,
      JSON.stringify({ nested: JSON.stringify({ secret }) }),
      Buffer.from(`{"password":"${secret}"}`).toString("base64"),
      Buffer.from(`:${secret}`).toString("base64url"),
      Buffer.from(secret).toString("hex"),
      new URLSearchParams({ secret }).toString(),
    ]) {
      expect(foundIn({ text }, { secret }), text).not.toEqual([]);
    }
  }
  expect(foundIn({ text: "Marker of something else" }, SECRETS)).toEqual([]);
});

it("leaves no secret in the metadata database, the engine's tables, the logs and what is sent about", async () => {
  const source = await withPassword(scene.source.spec, SOURCE, SECRETS.source);
  const target = await withPassword(scene.target.spec, TARGET, SECRETS.target);
  const succeeded = await ferry.run(connectionUrl(source), connectionUrl(target));
  const { error, ...view } = await ferry.view(succeeded);
  expect({ status: view.status, error }).toEqual({ status: "succeeded", error: null });

  // A password that stops being right in between: errors are kept too.
  const again = await makeScene("create table public.t (id int)");
  const failing = await ferry.create(
    connectionUrl({ ...source, database: again.source.spec.database }),
    again.target.url,
  );
  await query(scene.source.spec, `alter role ${quoteIdentifier(source.user)} password 'another'`);
  await ferry.start(failing);
  const failed = await ferry.waitForEnd(failing);
  expect(failed).toMatchObject({ status: "failed", error: { code: "connect.auth_failed" } });
  await again.close();
  await expect.poll(() => told.length, { timeout: 20_000 }).toBeGreaterThan(2);

  const stored = await everythingIn(ferry.metadata.spec);
  const everything: Record<string, Buffer | string> = {
    ...stored,
    "a view": JSON.stringify([view, failed]),
    "a log": said.join("\n"),
    "the webhook's call": Buffer.concat(told),
  };
  for (const [at, { asked, bodies, answered }] of lines.entries()) {
    everything[`what was asked on line ${at}`] = asked;
    everything[`what was sent on line ${at}`] = Buffer.concat(bodies.map(({ body }) => body));
    everything[`what was answered on line ${at}`] = answered;
  }
  // All of it was looked at: each place holds what it is to hold.
  const holds = (place: string, words: string) => expect(everything[place]?.includes(words), place).toBe(true);
  holds("table public.imports", succeeded);
  holds("file of imports", succeeded);
  holds("the webhook's call", succeeded);
  holds("what was sent on line 0", "ferry/import.started");
  holds("what was sent on line 1", succeeded);
  expect(Object.keys(stored).filter((place) => !place.includes("public.")).length).toBeGreaterThan(3);
  const keys = { keyring: `${process.env.FERRY_KEYS?.split(":")[1]}`, engine: `${process.env.INNGEST_SIGNING_KEY}` };
  expect(foundIn(everything, { ...SECRETS, ...keys })).toEqual([]);
});

it("cannot write on the source, whatever it tried", async () => {
  const client = await openSession(scene.source.spec, { side: "source", name: "e2e" });
  for (const sql of [
    "insert into public.t values (99)",
    "create table public.u (id int)",
    "truncate public.t",
    "select nextval('public.s')",
    "begin; insert into public.t values (99)",
  ]) {
    await query(scene.source.spec, "create sequence if not exists public.s");
    await expect(client.query(sql), sql).rejects.toMatchObject({ code: "25006" });
    await client.query("rollback");
  }
  await closeSession(client);
});
