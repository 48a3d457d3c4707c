import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { sendRequest } from "./http-request";

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

const send = (url: URL, more: { timeoutMs?: number; maxBytes?: number; signal?: AbortSignal } = {}) =>
  sendRequest({
    url,
    method: "POST",
    headers: {},
    body: "größer",
    timeoutMs: 2_000,
    maxBytes: 1_000,
    signal: new AbortController().signal,
    ...more,
  });

describe("sendRequest", () => {
  test("answers with status, headers and body", async () => {
    const url = await serve((request, response) => {
      response.writeHead(206, { "x-length": request.headers["content-length"] ?? "" });
      request.pipe(response);
    });
    expect(await send(url)).toMatchObject({
      kind: "answered",
      status: 206,
      body: "größer",
      headers: { "x-length": "8" },
    });
  });

  test("says when nobody listens", async () => {
    expect(await send(new URL("http://127.0.0.1:1/"))).toEqual({ kind: "unreachable", reason: "ECONNREFUSED" });
  });

  test("says when the connection breaks, before the answer and within it", async () => {
    const before = await serve((request) => request.socket.destroy());
    expect(await send(before)).toEqual({ kind: "unreachable", reason: "ECONNRESET" });
    const within = await serve((request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("half", () => request.socket.destroy());
    });
    expect(await send(within)).toEqual({ kind: "unreachable", reason: "ECONNRESET" });
  });

  test("does not wait longer than it may", async () => {
    const url = await serve(() => {});
    expect(await send(url, { timeoutMs: 50 })).toEqual({ kind: "timed_out" });
  });

  test("does not read more than it may", async () => {
    const url = await serve((_, response) => response.end("x".repeat(2_000)));
    expect(await send(url)).toEqual({ kind: "too_large" });
  });

  test("ends when it is told to", async () => {
    const url = await serve(() => {});
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    expect(await send(url, { signal: abort.signal })).toMatchObject({ kind: "unreachable" });
    expect(await send(url, { signal: abort.signal })).toMatchObject({ kind: "unreachable" });
  });
});
