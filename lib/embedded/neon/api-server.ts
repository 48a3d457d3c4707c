import { randomUUID, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@/lib/errors/ferry-error";
import { redact } from "@/lib/security/redact";
import { badRequest, NeonApiError } from "./api-error";
import { errorOf } from "./behaviour";
import type { Answer, ApiKey, Call, Desk } from "./call";
import { RateLimit } from "./rate-limit";
import { findRoute } from "./router";

const HOST = "127.0.0.1";
const PREFIX = "/api/v2";
const MOST_BODY_BYTES = 1 << 20;

/** A call that was answered, or dropped, in the order in which they came. */
export interface AnsweredCall {
  call: string;
  method: string;
  path: string;
  /** Null where the connection was dropped instead. */
  status: number | null;
}

export interface ApiServerOptions {
  desk: Desk;
  keys: () => readonly ApiKey[];
  port: number;
  log: (line: string) => void;
  /** Of a call that will be answered by what it asks for, before it is. */
  beforeCall: () => void;
  onCall: (call: AnsweredCall) => void;
}

export interface ApiServer {
  baseUrl: string;
  close(): Promise<void>;
}

/** Neon's API at a loopback port. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const limit = new RateLimit();
  const server = createServer((request, response) => {
    answer(options, limit, request, response).catch((error) => {
      options.log(`The stand-in could not answer: ${redact(messageOf(error))}`);
      response.destroy();
    });
  });
  server.listen(options.port, HOST);
  await once(server, "listening");
  server.unref();
  return {
    baseUrl: `http://${HOST}:${(server.address() as AddressInfo).port}${PREFIX}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  options: ApiServerOptions,
  limit: RateLimit,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { misbehaviour } = options.desk;
  const { pathname, searchParams } = new URL(request.url ?? "/", `http://${HOST}`);
  const requestId = randomUUID();
  const method = request.method ?? "GET";
  let call = "";
  const finish = ({ status, body }: Answer, headers: Record<string, string> = {}) => {
    options.onCall({ call, method, path: pathname, status });
    const text = body === undefined ? undefined : JSON.stringify(body);
    response.writeHead(status, { "content-type": "application/json", "x-neon-ret-request-id": requestId, ...headers });
    response.end(text);
  };
  const drop = () => {
    options.onCall({ call, method, path: pathname, status: null });
    request.socket.destroy();
  };

  try {
    const body = await bodyOf(request);
    if (!pathname.startsWith(`${PREFIX}/`)) throw new NeonApiError(404, "not found");
    const key = keyOf(request, options.keys());
    const { route, params } = findRoute(method, pathname.slice(PREFIX.length));
    call = route.call;
    limit.count(misbehaviour.limits.requestsPerMinute);
    if (misbehaviour.answerMs > 0) await sleep(misbehaviour.answerMs);
    const effect = misbehaviour.ofCall(route.call);
    if (effect && !("drop" in effect)) throw errorOf(effect);
    if (effect?.drop === "before") return drop();
    if (key.mayWrite === false && method !== "GET") throw new NeonApiError(403, "this key is not allowed to do this");
    const asked: Call = { desk: options.desk, key, params, query: searchParams, body };
    options.beforeCall();
    const given = await route.handle(asked);
    if (effect?.drop === "after") return drop();
    finish(given);
  } catch (error) {
    const known = error instanceof NeonApiError ? error : new NeonApiError(500, "internal server error");
    if (known !== error) options.log(`${method} ${pathname} failed: ${redact(messageOf(error))}`);
    const headers: Record<string, string> = {};
    if (known.retryAfterSeconds !== undefined) headers["retry-after"] = String(known.retryAfterSeconds);
    const body = { request_id: requestId, code: known.code, message: known.message };
    finish({ status: known.status, body }, headers);
  }
}

function keyOf(request: IncomingMessage, keys: readonly ApiKey[]): ApiKey {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const known = keys.find(({ key }) => isSame(key, given));
  if (!known) throw new NeonApiError(401, "supplied credentials do not pass authentication");
  return known;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MOST_BODY_BYTES) throw new NeonApiError(413, "request body is too large");
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("request body is not JSON");
  }
}
