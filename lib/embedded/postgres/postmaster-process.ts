import { spawn } from "node:child_process";
import { once } from "node:events";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { FerryError } from "@/lib/errors/ferry-error";
import type { Guard } from "./guard";
import { readPostmasterFile } from "./postmaster";
import { lastLines, spawnOptions } from "./program";
import type { ServerFiles } from "./server-files";
import { type ServerSettings, settingArguments } from "./settings";

export class PortTakenError extends FerryError {
  constructor(port: number) {
    super("embedded.server_failed", { reason: `port ${port} is in use` });
  }
}

export interface PostmasterOptions {
  files: ServerFiles;
  dataDir: string;
  logPath: string;
  port: number;
  settings: ServerSettings;
  timeoutMs: number;
  guard: (pid: number) => Promise<Guard>;
  onSpawned?: () => void;
}

export interface Postmaster {
  pid: number;
  exited: Promise<void>;
  guard: Guard;
}

/** How long a new server may wait for the last processes of a killed one to let go of shared memory. */
const LINGERING_LIMIT_MS = 10_000;
const READY_POLL_MS = 5;

export async function spawnPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const lingeringDeadline = Date.now() + LINGERING_LIMIT_MS;
  for (;;) {
    const outcome = await spawnOnce(options);
    if ("pid" in outcome) return outcome;
    if (/could not bind|Address already in use/.test(outcome.log)) throw new PortTakenError(options.port);
    if (!/pre-existing shared memory block/.test(outcome.log) || Date.now() > lingeringDeadline) {
      throw new FerryError("embedded.server_failed", { reason: lastLines(outcome.log) });
    }
    await sleep(200);
  }
}

async function spawnOnce(options: PostmasterOptions): Promise<Postmaster | { log: string }> {
  const { files, dataDir, logPath, port, settings, timeoutMs } = options;
  const log = await open(logPath, "a+", 0o600);
  try {
    const { size: logStart } = await log.stat();
    const child = spawn(files.postgres, ["-D", dataDir, "-p", String(port), ...settingArguments(settings)], {
      ...spawnOptions(),
      // Of its own session: Ctrl-C is for this process, which stops the server in its turn.
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    });
    let ended = false;
    const exited = once(child, "exit").then(() => {
      ended = true;
    });
    await once(child, "spawn");
    child.unref();
    const pid = child.pid as number;
    const guard = await options.guard(pid);
    options.onSpawned?.();
    const deadline = Date.now() + timeoutMs;
    while (!ended) {
      const file = await readPostmasterFile(dataDir);
      if (file?.pid === pid && file.ready) return { pid, exited, guard };
      if (Date.now() > deadline) {
        child.kill("SIGQUIT");
        await exited;
        break;
      }
      await sleep(READY_POLL_MS);
    }
    await guard.dismiss();
    return { log: await textFrom(log, logStart) };
  } finally {
    await log.close();
  }
}

async function textFrom(file: FileHandle, start: number): Promise<string> {
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(Math.max(0, size - start)), position: start });
  return buffer.subarray(0, bytesRead).toString("utf8");
}
