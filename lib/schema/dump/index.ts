import type { Client } from "pg";
import { FerryError } from "@/lib/errors/ferry-error";
import type { ConnectionSpec, Side } from "@/lib/postgres/connection-spec";
import { closeSession, openSession, withSession } from "@/lib/postgres/session";
import { type Archive, parseArchive } from "../archive";
import { withoutSecrets } from "../secrets";
import { dumpArguments, type TableName } from "./arguments";
import { type DumpEnd, type DumpLimits, type DumpWorker, runPgDump, startWorker } from "./run";
import { type TakenSession, takeOver } from "./takeover";

/** Where pg_dump connects to. */
export interface DumpPlace {
  spec: ConnectionSpec;
  side: Side;
  signal?: AbortSignal;
}

export interface DumpOptions {
  snapshot?: string;
  excludeSchemas?: readonly string[];
  excludeTables?: readonly TableName[];
  timeoutMs?: number;
  /** How long pg_dump may wait for one lock; by default most of its time. */
  lockTimeoutMs?: number;
  limits?: Partial<DumpLimits>;
}

export type DumpRequest = DumpPlace & DumpOptions;

/** A dump whose thread and session are on their way, which takes as long as a small dump itself. */
export interface BegunDump {
  /** The schema as pg_dump 18 sees it. May be called once. */
  read(options: DumpOptions): Promise<Archive>;
  /** Ends what was not read. */
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 10 * 60_000;
/** A schema of 20,000 tables takes about a tenth of these. */
const DEFAULT_LIMITS: DumpLimits = { outputBytes: 512 * 1024 * 1024, memoryBytes: 1536 * 1024 * 1024 };
/** The share of the time limit that one lock may take. */
const LOCK_SHARE = 0.8;
const CLEAN_UP_TIMEOUT_MS = 3_000;
const mebibytes = (bytes: number) => Math.round(bytes / 1024 / 1024);

/**
 * The schema as pg_dump 18 sees it, under the given snapshot. Passwords that it would carry are taken out.
 * However it ends, its worker thread and its session on the server are gone.
 */
export async function dumpSchema(request: DumpRequest): Promise<Archive> {
  return beginDump(request).read(request);
}

/** For those who have something to wait for before they know what is to be read. */
export function beginDump(place: DumpPlace): BegunDump {
  place.signal?.throwIfAborted();
  const worker = startWorker();
  const opening = openTaken(place);
  return {
    read: (options) => readDump({ ...place, ...options }, worker, opening),
    close: async () => {
      void worker.thread.terminate();
      await opening.abandon();
    },
  };
}

async function readDump(request: DumpRequest, worker: DumpWorker, opening: Opening): Promise<Archive> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = request;
  const limits = { ...DEFAULT_LIMITS, ...request.limits };
  const limit = timeLimit(timeoutMs, request.signal);
  let end: DumpEnd = { kind: "aborted" };
  let session: TakenSession | null = null;
  try {
    session = await inTime(opening, limit.signal);
    if (session) {
      // Sooner than the time limit, so that pg_dump itself names the table it waits for.
      const { lockTimeoutMs = Math.ceil(timeoutMs * LOCK_SHARE) } = request;
      const args = dumpArguments({ ...request, lockTimeoutMs, serverEncoding: session.serverEncoding });
      end = await runPgDump({ worker, session, args, limits, signal: limit.signal });
    }
  } finally {
    limit.clear();
    session?.socket.destroy();
    if (!session) await worker.thread.terminate();
    if (session && end.kind !== "finished") await endServerSession(request, session);
  }
  if (end.kind === "finished") return withoutSecrets(parseArchive(end.output));
  request.signal?.throwIfAborted();
  throw dumpError({ end, request, limits, timeoutMs });
}

/** Aborts when the time is up or the caller wants no more. Node 20 may lose a signal made by AbortSignal.any. */
function timeLimit(timeoutMs: number, signal: AbortSignal | undefined): { signal: AbortSignal; clear(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  signal?.addEventListener("abort", abort, { once: true });
  const clear = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  };
  return { signal: controller.signal, clear };
}

/** A session on its way. */
interface Opening {
  taken: Promise<TakenSession>;
  /** Closes it, also one that comes later. */
  abandon(): Promise<void>;
}

function openTaken({ spec, side }: DumpPlace): Opening {
  let opened: Client | undefined;
  let session: TakenSession | undefined;
  let isAbandoned = false;
  const close = async () => {
    if (session) session.socket.destroy();
    else if (opened) await closeSession(opened);
  };
  const taken = (async () => {
    opened = await openSession(spec, { side, name: "ferry pg_dump" });
    if (isAbandoned) await close();
    session = await takeOver(opened);
    return session;
  })();
  taken.catch(() => {}); // Told to whoever reads the dump.
  return {
    taken,
    abandon: () => {
      isAbandoned = true;
      return close();
    },
  };
}

/** An authenticated session, or null when it was not there in time: whatever comes of it later is closed. */
async function inTime({ taken, abandon }: Opening, signal: AbortSignal): Promise<TakenSession | null> {
  const aborted = new Promise<null>((resolve) => {
    signal.addEventListener("abort", () => resolve(null), { once: true });
    if (signal.aborted) resolve(null);
  });
  const session = await Promise.race([taken, aborted]);
  if (session === null) await abandon();
  return session;
}

/** A server does not notice a closed socket while it waits for a lock. */
async function endServerSession({ spec, side }: DumpRequest, { processId }: TakenSession): Promise<void> {
  try {
    await withSession(spec, { side, name: "ferry clean-up", connectTimeoutMs: CLEAN_UP_TIMEOUT_MS }, (client) =>
      client.query("select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and usename = current_user", [
        processId,
      ]),
    );
  } catch {
    // The server is out of reach, and with it the session: what ended the dump is the error to tell.
  }
}

interface Failure {
  end: Exclude<DumpEnd, { kind: "finished" }>;
  request: DumpRequest;
  limits: DumpLimits;
  timeoutMs: number;
}

function dumpError({ end, request: { side, snapshot }, limits, timeoutMs }: Failure): FerryError {
  switch (end.kind) {
    case "aborted":
      return new FerryError("schema.dump_failed", { side, reason: `it took longer than ${timeoutMs / 1000} seconds` });
    case "too-large":
      return new FerryError("schema.dump_failed", {
        side,
        reason: `its definitions need more than ${mebibytes(limits.outputBytes)} MiB of output or ${mebibytes(limits.memoryBytes)} MiB of memory`,
      });
    case "failed":
      if (end.hungUp) return new FerryError("connect.lost", { side, reason: end.words });
      if (snapshot && /invalid snapshot identifier|snapshot "[^"]*" does not exist/.test(end.words)) {
        return new FerryError("snapshot.lost", { reason: end.words });
      }
      return new FerryError("schema.dump_failed", { side, reason: end.words });
  }
}
