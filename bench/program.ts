import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";

/** The peak only rises, so that the last look before the end is all but the whole truth. */
const LOOK_MS = 50;
const KEPT_OUTPUT_CHARACTERS = 4_000;

export interface Finished {
  seconds: number;
  /** Moments of the wall clock, to be put beside what others have written down. */
  startedAtMs: number;
  endedAtMs: number;
  stdout: string;
  /** Of this very process, without its children; null where the system does not tell. */
  peakMemoryBytes: number | null;
}

export interface ProgramOptions {
  env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end. One that fails is an error with its last words. */
export async function runProgram(command: string, args: string[], { env }: ProgramOptions = {}): Promise<Finished> {
  const startedAtMs = Date.now();
  const began = performance.now();
  const child = spawn(command, args, { env: env ?? process.env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr = (stderr + chunk).slice(-KEPT_OUTPUT_CHARACTERS);
  });
  const closed = once(child, "close");
  closed.catch(() => {}); // A program that cannot be started is told by the next line.
  await once(child, "spawn");
  let peakMemoryBytes: number | null = null;
  const look = setInterval(async () => {
    peakMemoryBytes = (await peakMemory(child.pid as number)) ?? peakMemoryBytes;
  }, LOOK_MS);
  const [code] = await once(child, "exit");
  const seconds = (performance.now() - began) / 1_000;
  const endedAtMs = Date.now();
  clearInterval(look);
  await closed;
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${stderr.trimEnd()}`);
  return { seconds, startedAtMs, endedAtMs, stdout, peakMemoryBytes };
}

/** The most that a process has had in memory so far, by Linux's own account of it. */
async function peakMemory(pid: number): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1_024;
  } catch {
    // It has ended, or the system has no such file.
    return null;
  }
}
