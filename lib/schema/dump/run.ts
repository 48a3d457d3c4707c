import { MessageChannel, Worker } from "node:worker_threads";
import { ServerFeed } from "./server-feed";
import type { TakenSession } from "./takeover";
import { failureWords } from "./words";
import type { DumpWork, FromWorker } from "./worker.mjs";
import { workerFile } from "./worker-file";

const KEPT_WORDS = 64 * 1024;

export interface DumpLimits {
  outputBytes: number;
  memoryBytes: number;
}

/** How a run of pg_dump ended. */
export type DumpEnd =
  | { kind: "finished"; output: Uint8Array }
  | { kind: "failed"; words: string; hungUp: boolean }
  | { kind: "too-large" }
  | { kind: "aborted" };

export interface DumpRun {
  worker: DumpWorker;
  session: TakenSession;
  args: string[];
  limits: DumpLimits;
  signal: AbortSignal;
}

/** A thread that loads pg_dump and then waits for its work. */
export interface DumpWorker {
  thread: Worker;
  /** How it came to its end by itself. */
  ended: Promise<string>;
}

export function startWorker(): DumpWorker {
  const thread = new Worker(workerFile(), { env: {}, execArgv: [] });
  const ended = new Promise<string>((resolve) => {
    thread.on("error", (error) => resolve(error.message));
    thread.on("exit", (code) => resolve(`its worker ended early with code ${code}`));
  });
  return { thread, ended };
}

/**
 * Runs pg_dump over a session that was taken over. A run that did not finish resolves only when its worker is gone;
 * the socket is the caller's to close.
 */
export async function runPgDump(run: DumpRun): Promise<DumpEnd> {
  const { worker, session, args, limits } = run;
  const { port1: toWorker, port2: fromServer } = new MessageChannel();
  const arrivals = new Int32Array(new SharedArrayBuffer(4));
  const work: DumpWork = {
    args,
    greeting: session.greeting,
    fromServer,
    arrivals,
    memoryBytes: limits.memoryBytes,
  };
  const feed = new ServerFeed(session.socket, toWorker, arrivals);
  const ending = endOf(feed, run);
  worker.thread.postMessage(work, [fromServer]);
  const end = await ending;
  feed.stop();
  // Tearing down a finished worker takes V8 a tenth of a second, and nothing waits for it.
  const gone = worker.thread.terminate();
  if (end.kind !== "finished") await gone;
  return end;
}

function endOf(feed: ServerFeed, { worker, session, limits, signal }: DumpRun): Promise<DumpEnd> {
  const pieces: Uint8Array[] = [];
  let outputBytes = 0;
  let words = "";
  return new Promise<DumpEnd>((resolve) => {
    const failed = (fallback: string) =>
      resolve({ kind: "failed", words: failureWords(words) || fallback, hungUp: feed.hungUp });
    worker.thread.on("message", (message: FromWorker) => {
      if ("write" in message) session.socket.write(message.write);
      else if ("taken" in message) feed.taken(message.taken);
      else if ("words" in message) words = (words + message.words).slice(-KEPT_WORDS);
      else if ("output" in message) {
        pieces.push(message.output);
        outputBytes += message.output.length;
        if (outputBytes > limits.outputBytes) resolve({ kind: "too-large" });
      } else if ("outOfMemory" in message) resolve({ kind: "too-large" });
      else if ("failed" in message) failed(message.failed);
      else resolve({ kind: "finished", output: Buffer.concat(pieces) });
    });
    void worker.ended.then(failed);
    signal.addEventListener("abort", () => resolve({ kind: "aborted" }), { once: true });
    if (signal.aborted) resolve({ kind: "aborted" });
    feed.start();
  });
}
