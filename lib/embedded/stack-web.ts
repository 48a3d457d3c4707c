import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { FerryError } from "@/lib/errors/ferry-error";
import { logSince, rotateLog } from "./part-log";
import { type Guard, guardProcess } from "./postgres";
import { pageStatus } from "./web-port";

const READY_LIMIT_MS = 180_000;
const READY_POLL_MS = 50;
const STOP_LIMIT_MS = 1_000;
const RESTART_DELAYS_MS = [200, 500, 1_000, 2_000, 5_000, 10_000];
/** After this long it counts as having started well, and back-off begins anew. */
const STEADY_MS = 60_000;

export interface WebOptions {
  projectDir: string;
  mode: "production" | "development";
  host: string;
  /** By what this machine reaches it. */
  reach: string;
  port: number;
  environment: Readonly<Record<string, string>>;
  logPath: string;
  log: (line: string) => void;
}

export interface WebProcess {
  stop(): Promise<void>;
}

/** Starts the web app and returns when a page answers; from then on it is started again whenever it ends. */
export async function startWeb(options: WebOptions, signal: AbortSignal): Promise<WebProcess> {
  rotateLog(options.logPath);
  const logStart = existsSync(options.logPath) ? statSync(options.logPath).size : 0;
  let stopping = false;
  let web = await launch(options);
  const fail = async (reason: string) => {
    await end(web);
    return new FerryError("embedded.web_failed", { reason, log: options.logPath });
  };

  const deadline = Date.now() + READY_LIMIT_MS;
  for (;;) {
    if (signal.aborted) throw await fail("it was stopped");
    if (hasEnded(web.child)) throw await fail(logSince(options.logPath, logStart));
    const status = await pageStatus(options.reach.replace(/^\[|\]$/g, ""), options.port, signal);
    if (signal.aborted) continue;
    if (status !== null && status < 500) break;
    if (status !== null) throw await fail(`its first page answers ${status}\n${logSince(options.logPath, logStart)}`);
    if (Date.now() > deadline) throw await fail(`no page answered in ${READY_LIMIT_MS / 1000} seconds`);
    await sleep(READY_POLL_MS);
  }

  const keep = async () => {
    for (let failures = 0; ; failures++) {
      const startedAt = Date.now();
      await web.exited;
      await web.guard.dismiss();
      if (stopping) return;
      if (Date.now() - startedAt > STEADY_MS) failures = 0;
      options.log("The web app has ended; it is started again.");
      await sleep(RESTART_DELAYS_MS[Math.min(failures, RESTART_DELAYS_MS.length - 1)]);
      if (stopping) return;
      web = await launch(options);
      if (stopping) await end(web);
    }
  };
  const keeping = keep();
  return {
    stop: async () => {
      stopping = true;
      await end(web);
      await keeping;
      await end(web);
    },
  };
}

interface Launched {
  child: ChildProcess;
  exited: Promise<unknown>;
  guard: Guard;
}

async function launch({ projectDir, mode, host, port, environment, logPath }: WebOptions): Promise<Launched> {
  const next = createRequire(join(projectDir, "package.json")).resolve("next/dist/bin/next");
  const command = mode === "production" ? "start" : "dev";
  const log = openSync(logPath, "a", 0o600);
  try {
    const child = spawn(process.execPath, [next, command, "--hostname", host, "--port", String(port)], {
      cwd: projectDir,
      env: { ...process.env, ...environment, NODE_ENV: mode, PORT: String(port), NEXT_TELEMETRY_DISABLED: "1" },
      // A group of its own: Ctrl-C is for this process, and ending the group ends what the web app has started.
      detached: true,
      stdio: ["ignore", log, log],
    });
    const exited = once(child, "exit");
    exited.catch(() => {}); // A program that cannot be started is told by the next line.
    await once(child, "spawn");
    // All its state is in Postgres, so a sudden end harms nothing (invariant 4).
    const guard = await guardProcess({ pid: -(child.pid as number), signal: "KILL" });
    return { child, exited, guard };
  } finally {
    closeSync(log);
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function end({ child, exited, guard }: Launched): Promise<void> {
  if (!hasEnded(child)) {
    signalGroup(child, "SIGTERM");
    await Promise.race([exited, sleep(STOP_LIMIT_MS)]);
  }
  // Also what outlived it: an open event stream, a compiler of the development server.
  signalGroup(child, "SIGKILL");
  await exited;
  await guard.dismiss();
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-(child.pid as number), signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
