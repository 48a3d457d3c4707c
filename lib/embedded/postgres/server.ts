import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { FerryError } from "@/lib/errors/ferry-error";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import { type Guard, guardProcess } from "./guard";
import { ensureDataDir, SUPERUSER, superuserPassword } from "./initialise";
import { freePort, rememberedPort, rememberPort } from "./port";
import { isServerOf, postmasterPath, readPostmasterFile } from "./postmaster";
import { PortTakenError, type Postmaster, spawnPostmaster } from "./postmaster-process";
import type { ServerFiles } from "./server-files";
import { COMMON_SETTINGS, type ServerSettings } from "./settings";
import { stopPostmaster } from "./stop";

const START_LIMIT_MS = 60_000;
const PORT_ATTEMPTS = 5;

export interface StartOptions {
  files: ServerFiles;
  dataDir: string;
  settings: ServerSettings;
  /** Default: the port of the last time if it is still free, any other if not. */
  port?: number;
  /** Default: beside the data folder. */
  logPath?: string;
  /** Called when the server's program runs, and there is nothing to do but wait until it answers. */
  onSpawned?: () => void;
  /** Ends the making of a new data folder, which takes a moment, when the start is not wanted any more. */
  signal?: AbortSignal;
}

export interface RunningServer {
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  readonly logPath: string;
  /** True when it was already running, left behind by a process that was killed. */
  readonly adopted: boolean;
  /** The way in as superuser, to the database `postgres`. */
  readonly superuser: ConnectionSpec;
  /** Settles when the server has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** Fast shutdown: sessions are ended, data is written. Returns when the process is gone. */
  stop(): Promise<void>;
  /** Ends it as a crash would: nothing is written, the next start recovers. */
  kill(): Promise<void>;
}

/**
 * Starts a server on a data folder, which is made if it does not exist. The server ends with this process, even if
 * this one is killed. One that still runs on the folder is taken over.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { files, dataDir } = options;
  const logPath = options.logPath ?? `${dataDir}.log`;
  await ensureDataDir(files, dataDir, { sync: options.settings.fsync !== "off", signal: options.signal });
  const password = await superuserPassword(dataDir);
  const spec = (port: number): ConnectionSpec => ({
    host: "127.0.0.1",
    port,
    database: "postgres",
    user: SUPERUSER,
    password,
    tls: { mode: "disable" },
  });
  const guard = (pid: number) => guardProcess({ pid, signal: "INT", ownerFile: `${dataDir}.owner` });

  const left = await leftBehind(dataDir, guard, spec);
  const started = left ?? (await startOnFreePort({ ...options, logPath }, guard));
  const end = async (how: "stop" | "kill") => {
    // Servers do not keep this process alive; waiting for their end does.
    const alive = setInterval(() => {}, 1_000);
    try {
      await stopPostmaster({ pid: started.pid, dataDir, how });
      await started.exited;
      await started.guard.dismiss();
    } finally {
      clearInterval(alive);
    }
  };
  return {
    port: started.port,
    pid: started.pid,
    dataDir,
    logPath,
    adopted: left !== null,
    superuser: spec(started.port),
    exited: started.exited,
    stop: () => end("stop"),
    kill: () => end("kill"),
  };
}

type Started = Postmaster & { port: number };

type MakeGuard = (pid: number) => Promise<Guard>;

/** A server that a killed process left behind: ready, about to be ready, or on its way out. */
async function leftBehind(
  dataDir: string,
  makeGuard: MakeGuard,
  spec: (port: number) => ConnectionSpec,
): Promise<Started | null> {
  const deadline = Date.now() + START_LIMIT_MS;
  let guard: Guard | undefined;
  for (;;) {
    const file = await readPostmasterFile(dataDir);
    if (!file || !(await isServerOf(file.pid, dataDir))) {
      await guard?.dismiss();
      // A file that names no server of ours would keep the next one from starting.
      await rm(postmasterPath(dataDir), { force: true });
      return null;
    }
    const { pid, port } = file;
    // Ours from here on: the guard of its former owner leaves it alone.
    guard ??= await makeGuard(pid);
    if (file.ready && (await answers(spec(port)))) return { pid, port, guard, exited: untilGone(pid, dataDir) };
    if (Date.now() > deadline) {
      await guard.dismiss();
      throw new FerryError("embedded.server_failed", { reason: `process ${pid} holds ${dataDir} and does not answer` });
    }
    await sleep(50);
  }
}

async function answers(spec: ConnectionSpec): Promise<boolean> {
  try {
    await withSession(spec, { side: "metadata", name: "ferry adopt" }, (client) => client.query("select 1"));
    return true;
  } catch {
    return false;
  }
}

async function untilGone(pid: number, dataDir: string): Promise<void> {
  while (await isServerOf(pid, dataDir)) await sleep(100, undefined, { ref: false });
}

async function startOnFreePort(options: StartOptions & { logPath: string }, makeGuard: MakeGuard): Promise<Started> {
  const { files, dataDir, logPath } = options;
  const portFile = `${dataDir}.port`;
  const settings = { ...COMMON_SETTINGS, ...options.settings };
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort(attempt === 1 ? await rememberedPort(portFile) : 0));
    try {
      const postmaster = await spawnPostmaster({
        ...{ files, dataDir, logPath, port, settings },
        timeoutMs: START_LIMIT_MS,
        guard: makeGuard,
        onSpawned: options.onSpawned,
      });
      await rememberPort(portFile, port);
      return { ...postmaster, port };
    } catch (error) {
      // Someone else was faster between the look and the listen.
      if (!(error instanceof PortTakenError) || options.port !== undefined || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}
