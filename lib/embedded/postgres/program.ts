import { execFile } from "node:child_process";
import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import { serverIdentity } from "./identity";

/**
 * The environment of a server's programs: nothing of the user's that Postgres would read, such as PGDATA or PGPORT.
 * Without LC_ALL the macOS servers do not start.
 */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
}

/** Options under which every program of a server is spawned: as its user, from a folder that this user can enter. */
export function spawnOptions() {
  return { cwd: "/", env: serverEnvironment(), ...serverIdentity() };
}

/** Runs a program to its end as the server's user; what it said is the reason of the error. */
export async function runProgram(path: string, args: string[], signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    // Killed for good when it is not wanted any more: initdb ends a whole step before it obeys anything milder.
    const options = { ...spawnOptions(), maxBuffer: 4 << 20, signal, killSignal: "SIGKILL" as const };
    execFile(path, args, options, (error, stdout, stderr) => {
      if (!error) return resolve();
      const reason = lastLines(stderr || stdout) || messageOf(error);
      reject(new FerryError("embedded.server_failed", { reason }, { cause: error }));
    });
  });
}

export function lastLines(text: string, count = 12): string {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}
