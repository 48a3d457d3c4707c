import { setTimeout as sleep } from "node:timers/promises";
import { isServerOf, readPostmasterFile } from "./postmaster";

/** What is sent, and how long each may take before the next, harder one. */
const LADDERS = {
  stop: [
    { signal: "SIGINT", limitMs: 10_000 },
    { signal: "SIGQUIT", limitMs: 5_000 },
    { signal: "SIGKILL", limitMs: 5_000 },
  ],
  kill: [
    { signal: "SIGQUIT", limitMs: 5_000 },
    { signal: "SIGKILL", limitMs: 5_000 },
  ],
} as const;

/** Stops a server and waits until its process is gone. */
export async function stopPostmaster({ pid, dataDir, how }: { pid: number; dataDir: string; how: "stop" | "kill" }) {
  for (const { signal, limitMs } of LADDERS[how]) {
    if (!(await isServerOf(pid, dataDir))) return;
    process.kill(pid, signal);
    const deadline = Date.now() + limitMs;
    while (Date.now() < deadline) {
      if (!(await isServerOf(pid, dataDir))) return;
      await sleep(15);
    }
  }
}

/** Ends the server of a data folder that is to go, which a killed process may have left behind. */
export async function endLeftBehind(dataDir: string): Promise<void> {
  const file = await readPostmasterFile(dataDir);
  if (file) await stopPostmaster({ pid: file.pid, dataDir, how: "kill" });
}
