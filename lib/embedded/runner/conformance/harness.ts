import type { Inngest, InngestFunction } from "inngest";
import type { Tuning } from "../index";
import { type EngineAddress, externalEngine, ownEngine } from "./engine";
import type { Probe } from "./probe";
import { type Define, type Served, TestApp } from "./test-app";

export type { Define } from "./test-app";

/** How a run ended, as the engine's own events tell. */
export interface Ended {
  status: "completed" | "failed" | "cancelled";
  runId: string;
  functionId: string;
  /** The function's result, or its error. */
  output: unknown;
}

/** An app of small functions and an engine that runs them. */
export interface Harness extends Served {
  engine: EngineAddress;
  /** Sends one event and answers its id. */
  send(name: string, data: Record<string, unknown>, more?: { id?: string }): Promise<string>;
  /** The end of the one run that an event started. */
  ended(eventId: string): Promise<Ended>;
  /** Sends an event and waits for the end of the one run it starts. */
  run(name: string, data?: Record<string, unknown>): Promise<Ended>;
  close(): Promise<void>;
}

/** `FERRY_ENGINE_URL` names another engine to run the same suite against, such as `inngest dev`. */
export const isOwnEngine = !process.env.FERRY_ENGINE_URL;

/**
 * Serves functions on loopback, by the SDK itself, and joins them with the engine. `name` keeps suites
 * apart that run against one engine one after the other.
 */
export async function openHarness(name: string, define: Define, tuning: Partial<Tuning> = {}): Promise<Harness> {
  const app = await TestApp.open();
  const { probe } = app;
  const engine = await (isOwnEngine ? ownEngine(app.url, tuning) : externalEngine());
  const client = app.serve(name, engine, observed(define));
  await engine.register(app.url);

  const send: Harness["send"] = async (event, data, more = {}) => {
    const { ids } = await client.send({ name: event, data, ...more });
    return more.id ?? ids[0] ?? "";
  };
  const ended: Harness["ended"] = (eventId) => probe.first(`ended ${eventId}`) as Promise<Ended>;
  return {
    client,
    probe,
    engine,
    send,
    ended,
    run: async (event, data = {}) => ended(await send(event, data)),
    close: async () => {
      await engine.stop();
      await app.down();
    },
  };
}

/** Adds functions that note how runs ended: every engine tells with an event. */
export function observed(define: Define): Define {
  return ({ client, probe }) => [...define({ client, probe }), ...observers(client, probe)];
}

function observers(client: Inngest, probe: Probe): InngestFunction.Any[] {
  const observe = (event: string, statusOf: (data: EndedEvent) => Ended["status"] | null) =>
    client.createFunction({ id: event.replace("/", "-"), triggers: [{ event }] }, ({ event: { data } }) => {
      const end = data as EndedEvent;
      const status = statusOf(end);
      const { run_id: runId, function_id: functionId } = end;
      if (status) probe.note(`ended ${end.event.id}`, { status, runId, functionId, output: end.error ?? end.result });
    });
  return [
    observe("inngest/function.finished", ({ error, _inngest: { status } }) =>
      error ? "failed" : /cancel/i.test(String(status)) ? null : "completed",
    ),
    observe("inngest/function.cancelled", () => "cancelled"),
  ];
}

interface EndedEvent {
  run_id: string;
  function_id: string;
  event: { id: string };
  result?: unknown;
  error?: unknown;
  _inngest: { status: unknown };
}

const PATIENCE_MS = 60_000;

/** Asks until there is an answer; the message of a failure says what was waited for. */
export async function eventually<T>(ask: () => Promise<T | undefined> | T | undefined, what = "it"): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let pauseMs = 5; Date.now() < deadline; pauseMs = Math.min(pauseMs * 1.5, 250)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new Error(`waited ${PATIENCE_MS / 1_000} s for ${what}, in vain`);
}

export const pause = (durationMs: number) => new Promise<void>((resolve) => setTimeout(resolve, durationMs));
