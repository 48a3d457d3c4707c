import type { IncomingHttpHeaders } from "node:http";
import type { Pool } from "pg";
import { eventRuns, runForApi } from "./api-runs";
import { readRegistration } from "./app";
import { memosOf } from "./call-body";
import { EventRefusal, readEvents } from "./ingest";
import type { FunctionConfig } from "./protocol";
import { isBearer, isSameSecret } from "./signature";
import { addEvents } from "./store/events";
import type { Limits } from "./tuning";

export interface Desk {
  pool: Pool;
  eventKey: string;
  signingKey: string;
  limits: Limits;
  log: (line: string) => void;
  onEvents: () => void;
  acceptFunctions: (functions: FunctionConfig[]) => Promise<boolean>;
}

export interface Request {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status: number;
  content: unknown;
}

type Respond = (desk: Desk, request: Request, parameter: string) => Promise<Reply>;

/** Inngest's addresses, as far as the SDK and Ferry use them. The one group is the parameter. */
const ROUTES: { method: string; pattern: RegExp; needsSigningKey: boolean; respond: Respond }[] = [
  { method: "GET", pattern: /^\/health$/, needsSigningKey: false, respond: health },
  { method: "POST", pattern: /^\/e\/([^/]+)$/, needsSigningKey: false, respond: receiveEvents },
  { method: "POST", pattern: /^\/fn\/register$/, needsSigningKey: true, respond: register },
  { method: "GET", pattern: /^\/v0\/runs\/(\w+)\/actions$/, needsSigningKey: true, respond: sendSteps },
  { method: "GET", pattern: /^\/v0\/runs\/(\w+)\/batch$/, needsSigningKey: true, respond: sendEvents },
  { method: "GET", pattern: /^\/v1\/runs\/(\w+)$/, needsSigningKey: true, respond: sendRun },
  { method: "GET", pattern: /^\/v1\/events\/(\w+)\/runs$/, needsSigningKey: true, respond: sendEventRuns },
];

export async function answer(desk: Desk, request: Request): Promise<Reply> {
  for (const { method, pattern, needsSigningKey, respond } of ROUTES) {
    const match = pattern.exec(request.path);
    if (!match || method !== request.method) continue;
    if (needsSigningKey && !isBearer(request.headers.authorization, desk.signingKey)) {
      desk.log(`Refused: ${request.method} ${request.path} without the signing key`);
      return { status: 401, content: { error: "Unauthorized", status: 401 } };
    }
    return respond(desk, request, match[1] ?? "");
  }
  return { status: 404, content: { error: "not found", status: 404 } };
}

async function health({ pool }: Desk): Promise<Reply> {
  await pool.query("select 1");
  return { status: 200, content: { status: 200, message: "OK" } };
}

async function receiveEvents(desk: Desk, { body, headers }: Request, key: string): Promise<Reply> {
  if (!isSameSecret(key, pathPartOf(desk.eventKey))) {
    desk.log("Refused: events with an unknown event key");
    return { status: 401, content: { ids: [], status: 401, error: "Event key not found" } };
  }
  try {
    const seed = headers["x-inngest-event-id-seed"];
    const events = readEvents(body, typeof seed === "string" ? seed : undefined, Date.now(), desk.limits);
    // From here on they are delivered whatever happens.
    await addEvents(desk.pool, events);
    desk.onEvents();
    return { status: 200, content: { ids: events.map(({ internalId }) => internalId), status: 200 } };
  } catch (error) {
    if (!(error instanceof EventRefusal)) throw error;
    desk.log(`Refused: an event, ${error.message}`);
    return { status: error.status, content: { ids: [], status: error.status, error: error.message } };
  }
}

/** The key as it stands in an address that the SDK makes. */
const pathPartOf = (eventKey: string) => new URL(`http://runner/e/${eventKey}`).pathname.slice("/e/".length);

/** The app says by itself which functions it has. */
async function register(desk: Desk, { body }: Request): Promise<Reply> {
  const read = readRegistration(body);
  if (read.kind === "refused") {
    desk.log(`The app cannot be registered: ${read.reason}`);
    return { status: 400, content: { status: 400, error: read.reason } };
  }
  const modified = await desk.acceptFunctions(read.functions);
  return { status: 200, content: { ok: true, status: 200, modified } };
}

/** For an app that was told to fetch the state of its run. */
async function sendSteps({ pool }: Desk, _: Request, runId: string): Promise<Reply> {
  const { rows } = await pool.query<{ id: string; memo: string }>(
    "select id, memo from ferry_runner.step where run_id = $1 order by position",
    [runId],
  );
  return { status: 200, content: memosOf(rows) };
}

async function sendEvents({ pool }: Desk, _: Request, runId: string): Promise<Reply> {
  const { rows } = await pool.query<{ events: string }>("select events from ferry_runner.run where id = $1", [runId]);
  if (!rows[0]) return { status: 404, content: { error: "no such run", status: 404 } };
  return { status: 200, content: JSON.parse(rows[0].events) };
}

async function sendRun({ pool }: Desk, _: Request, runId: string): Promise<Reply> {
  const run = await runForApi(pool, runId);
  return run
    ? { status: 200, content: { data: run } }
    : { status: 404, content: { error: "no such run", status: 404 } };
}

async function sendEventRuns({ pool }: Desk, _: Request, eventId: string): Promise<Reply> {
  return { status: 200, content: { data: await eventRuns(pool, eventId) } };
}
