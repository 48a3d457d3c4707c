import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { messageOf } from "@/lib/errors/ferry-error";
import { answer, type Desk } from "./routes";

/** A batch of events; the app's list of functions is far below. */
const LARGEST_BODY_BYTES = 16 * 1024 * 1024;

export interface RunningServer {
  port: number;
  stop(): Promise<void>;
}

export async function listen(desk: Desk, host: string, port: number): Promise<RunningServer> {
  const server = createServer((request, response) => void serve(desk, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, stop: () => close(server) };
}

async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const body = await readBody(request);
    if (body === null) return send(response, 413, { error: "request body is too large", status: 413 });
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const { status, content } = await answer(desk, {
      method: request.method ?? "GET",
      path,
      headers: request.headers,
      body,
    });
    send(response, status, content);
  } catch (error) {
    desk.log(`${request.method} ${request.url} failed: ${messageOf(error)}`);
    send(response, 500, { error: "internal error", status: 500 });
  }
}

/** Null when the body is larger than anything that is meant for us. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > LARGEST_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, status: number, content: unknown): void {
  if (response.destroyed) return;
  const body = JSON.stringify(content);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.end(body);
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
