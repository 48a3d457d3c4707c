import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ProxyOptions, startProxy, type TcpProxy } from "./tcp-proxy";

let echo: Server;
let proxy: TcpProxy;

beforeEach(async () => {
  echo = createServer({ allowHalfOpen: true }, (socket) => socket.on("error", () => {}).pipe(socket));
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
});

afterEach(async () => {
  await proxy.close();
  echo.close();
});

async function open(faults: Omit<ProxyOptions, "to"> = {}): Promise<Socket> {
  proxy = await startProxy({ to: { host: "127.0.0.1", port: (echo.address() as { port: number }).port }, ...faults });
  return dial();
}

async function dial(): Promise<Socket> {
  const socket = connect({ host: proxy.host, port: proxy.port });
  socket.on("error", () => {}); // Seen by whoever waits for it; every connection is cut in the end.
  await once(socket, "connect");
  return socket;
}

async function roundTripMs(socket: Socket): Promise<number> {
  const start = performance.now();
  socket.write("x");
  await once(socket, "data");
  return performance.now() - start;
}

async function sendAll(socket: Socket, bytes: Buffer): Promise<Buffer> {
  const received: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => received.push(chunk));
  socket.end(bytes);
  await once(socket, "end");
  return Buffer.concat(received);
}

const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

test("a delay is latency: bytes keep their order and throughput stays", async () => {
  const socket = await open({ delayMs: 50 });
  expect(await roundTripMs(socket)).toBeGreaterThan(48);
  const bytes = randomBytes(8 << 20);
  const start = performance.now();
  expect(digest(await sendAll(socket, bytes))).toBe(digest(bytes));
  expect(performance.now() - start).toBeLessThan(3_000);
});

test("a slow line takes its time", async () => {
  const socket = await open({ bytesPerSecond: 200_000 });
  const start = performance.now();
  expect((await sendAll(socket, randomBytes(100_000))).length).toBe(100_000);
  expect(performance.now() - start).toBeGreaterThan(450);
});

test("a sender is held back when the other side is slow", async () => {
  const socket = await open({ bytesPerSecond: 1_000 });
  let sentBytes = 0;
  let drained: unknown = "drained";
  while (drained !== "held back" && sentBytes < 256 << 20) {
    const block = Buffer.alloc(1 << 20);
    sentBytes += block.length;
    if (!socket.write(block)) drained = await Promise.race([once(socket, "drain"), sleep(300, "held back")]);
  }
  expect(drained).toBe("held back");
  expect(sentBytes).toBeLessThan(32 << 20);
});

test("a cut is a reset, and the next connection works", async () => {
  const socket = await open();
  await roundTripMs(socket);
  expect(proxy.open).toBe(1);
  const broken = new Promise((resolve) => socket.on("close", resolve));
  const failure = once(socket, "error");
  proxy.cutAll();
  expect((await failure)[0]).toMatchObject({ code: "ECONNRESET" });
  await broken;
  expect(proxy.open).toBe(0);
  expect(await roundTripMs(await dial())).toBeLessThan(1_000);
  expect(proxy.accepted).toBe(2);
});

test("a refusing port comes back under the same number", async () => {
  const socket = await open();
  const { port } = proxy;
  await proxy.refuse(true);
  await expect(dial()).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(await roundTripMs(socket)).toBeLessThan(1_000);
  await proxy.refuse(false);
  expect(proxy.port).toBe(port);
  await roundTripMs(await dial());
});

test("a black hole tells nobody, and what was under way arrives afterwards", async () => {
  const socket = await open();
  await roundTripMs(socket);
  proxy.blackHole = true;
  const arrived = once(socket, "data");
  socket.write("late");
  expect(await Promise.race([arrived, sleep(200, "silence")])).toBe("silence");
  proxy.blackHole = false;
  expect(String((await arrived)[0])).toBe("late");
});
