import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { serverEnvironment } from "./program";

/** Standard input is a pipe that only the guarding process holds: its end is that process's end. */
const GUARD_SCRIPT = `
while read -r line; do :; done
owner=$(cat "$1" 2>/dev/null)
[ "\${owner:-$2}" = "$2" ] || exit 0
kill -s "$3" -- "$4"`;

export interface Guard {
  /** The guarded process has ended or is no longer this process's affair. */
  dismiss(): Promise<void>;
}

export interface Guarded {
  /** A negative number means a whole process group, as for kill(2). */
  pid: number;
  signal: "INT" | "TERM" | "KILL";
  /** For a process that may be adopted: its new guard writes its token here, and the old one then leaves it alone. */
  ownerFile?: string;
}

/** Ends a process when this one is gone, however it went. */
export async function guardProcess({ pid, signal, ownerFile = "" }: Guarded): Promise<Guard> {
  const token = randomBytes(8).toString("hex");
  if (ownerFile) await writeFile(ownerFile, token, { mode: 0o600 });
  const guard = spawn("/bin/sh", ["-c", GUARD_SCRIPT, "ferry-guard", ownerFile, token, signal, String(pid)], {
    cwd: "/",
    // Of its own session, so that the Ctrl-C that ends this process does not end its guard first.
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env: serverEnvironment(),
  });
  await once(guard, "spawn");
  guard.unref();
  (guard.stdin as unknown as { unref?(): void }).unref?.();
  return { dismiss: () => end(guard) };
}

async function end(guard: ChildProcess): Promise<void> {
  if (guard.exitCode !== null || guard.signalCode !== null) return;
  const ended = once(guard, "exit");
  guard.ref();
  guard.kill("SIGKILL");
  await ended;
}
