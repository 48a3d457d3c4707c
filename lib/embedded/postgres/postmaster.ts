import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** What a running server writes into its data folder. */
export interface PostmasterFile {
  pid: number;
  port: number;
  ready: boolean;
}

export const postmasterPath = (dataDir: string) => join(dataDir, "postmaster.pid");

/** Lines of postmaster.pid since Postgres 10: pid, data folder, start, port, sockets, address, memory, status. */
export function parsePostmasterFile(text: string): PostmasterFile | null {
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === "ready" };
}

export async function readPostmasterFile(dataDir: string): Promise<PostmasterFile | null> {
  try {
    return parsePostmasterFile(await readFile(postmasterPath(dataDir), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The number alone proves nothing: after a reboot another program may have it. The command line names the data. */
export async function isServerOf(pid: number, dataDir: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  return (await commandLine(pid)).replaceAll("\0", " ").includes(` -D ${dataDir} `);
}

async function commandLine(pid: number): Promise<string> {
  try {
    if (process.platform === "linux") return await readFile(`/proc/${pid}/cmdline`, "utf8");
    return (await promisify(execFile)("ps", ["-ww", "-o", "command=", "-p", String(pid)])).stdout;
  } catch {
    return ""; // It ended in between.
  }
}
