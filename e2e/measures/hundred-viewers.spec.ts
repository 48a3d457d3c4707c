import { readFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "@playwright/test";
import { type FerryApi, ferryApi } from "@/e2e/browser/ferry-api";
import { test } from "@/e2e/browser/ferry-test";
import { LONG_TESTS } from "@/e2e/long-tests";
import { type PrivateServer, privateServer } from "@/e2e/servers/private-server";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";

const VIEWERS = 100;
const MOST_ADDED = 0.05;
/** Each once without and once with viewers, in turn: what else the machine does changes from minute to minute. */
const PAIRS = Number(process.env.FERRY_VIEWER_PAIRS ?? 5);
/** Of the bench's shop: 1 is about a gigabyte. */
const SCALE = Number(process.env.FERRY_VIEWER_SCALE ?? 0.25);
const IMPORT_MS = 180_000;
const LOOK_MS = 250;

test.skip(!LONG_TESTS, "It takes minutes, on a machine that does nothing else.");

let ferry: FerryApi;
let server: PrivateServer;
let source: ConnectionSpec;

test.beforeAll(async ({ baseURL }) => {
  test.setTimeout(IMPORT_MS);
  ferry = await ferryApi(baseURL);
  server = await privateServer(18);
  ({ spec: source } = await server.createDatabase("shop"));
  const script = await readFile("bench/dataset.sql", "utf8");
  await withSession(source, { side: "metadata", name: "ferry test" }, async (client) => {
    await client.query("select set_config('bench.scale', $1, false)", [String(SCALE)]);
    await client.query(script);
    await client.query("vacuum (analyze)");
    await client.query("checkpoint");
  });
});
test.afterAll(async () => {
  await ferry?.close();
  await server?.remove();
});

interface Viewer {
  socket: Socket;
  bytes: number;
  isTold: boolean;
}

/** Somebody who follows an import, without a browser: what it draws costs the viewer's machine, not Ferry's. */
function view(address: URL, id: string): Viewer {
  const socket = connect(Number(address.port), address.hostname);
  const viewer: Viewer = { socket, bytes: 0, isTold: false };
  socket.on("data", (chunk) => {
    viewer.bytes += chunk.length;
    viewer.isTold ||= chunk.includes("event: end");
  });
  socket.write(`GET /api/imports/${id}/events HTTP/1.1\r\nHost: ${address.host}\r\nAccept: text/event-stream\r\n\r\n`);
  return viewer;
}

/** How long an import took by the database's clock, which nobody is asked for meanwhile but the database. */
async function secondsOf(metadata: ConnectionSpec, id: string): Promise<number> {
  return withSession(metadata, { side: "metadata", name: "ferry test" }, async (client) => {
    for (const deadline = Date.now() + IMPORT_MS; Date.now() < deadline; await sleep(LOOK_MS)) {
      const { rows } = await client.query(
        "select status, extract(epoch from finished_at - started_at)::float8 as seconds from imports where id = $1",
        [id],
      );
      if (["failed", "differences", "blocked"].includes(rows[0].status)) throw new Error(`It is ${rows[0].status}.`);
      if (rows[0].status === "succeeded") return rows[0].seconds;
    }
    throw new Error("The import did not end.");
  });
}

async function importWatchedBy(count: number, address: URL, metadata: ConnectionSpec): Promise<number> {
  const target = await server.createDatabase("arrival");
  const id = await ferry.start({
    sourceText: connectionUrl(source),
    target: { kind: "url", text: target.url },
    options: { lanes: 2 },
  });
  const viewers = Array.from({ length: count }, () => view(address, id));
  const seconds = await secondsOf(metadata, id);
  await expect.poll(() => viewers.filter(({ isTold }) => !isTold).length, { timeout: 10_000 }).toBe(0);
  for (const { socket, bytes } of viewers) {
    expect(bytes).toBeGreaterThan(10_000);
    socket.destroy();
  }
  const told = viewers.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`${count} viewers: ${seconds.toFixed(2)} s, ${(told / 1e6).toFixed(1)} MB told`);
  await target.drop();
  return seconds;
}

test("a hundred viewers of one import add less than 5 % to its time", async ({ ferry: whole }) => {
  test.setTimeout((2 * PAIRS + 1) * IMPORT_MS);
  const metadata = parseConnectionString(whole.environment.DATABASE_URL ?? "");
  const watched = (count: number) => importWatchedBy(count, new URL(whole.address), metadata);
  await watched(1);
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const isFirst = pair % 2 === 0;
    const one = await watched(isFirst ? 0 : VIEWERS);
    const other = await watched(isFirst ? VIEWERS : 0);
    ratios.push(isFirst ? other / one : one / other);
  }
  const median = ratios.sort((left, right) => left - right)[Math.floor(ratios.length / 2)] ?? 0;
  console.log(
    `with ${VIEWERS} viewers / without: ${ratios.map((ratio) => ratio.toFixed(3)).join(", ")}, median ${median.toFixed(3)}`,
  );
  expect(median).toBeLessThan(1 + MOST_ADDED);
});
