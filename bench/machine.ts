import { availableParallelism, cpus, loadavg, platform, release, totalmem } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const LOOK_MS = 1_000;

export const describeMachine = () => ({
  system: `${platform()} ${release()}`,
  processor: cpus()[0]?.model ?? "unknown",
  cores: availableParallelism(),
  memoryBytes: totalmem(),
  node: process.versions.node,
});

/** How busy the machine is with other things, asked when the benchmark itself does nothing. */
export interface Load {
  /** The system's average over a minute: earlier runs are in it. */
  average: number;
  /** Share of all cores that was in use in the last second. */
  busy: number;
}

export async function readLoad(): Promise<Load> {
  const before = cpuTimes();
  await sleep(LOOK_MS);
  const after = cpuTimes();
  const total = after.total - before.total;
  return { average: loadavg()[0] ?? 0, busy: total > 0 ? (after.used - before.used) / total : 0 };
}

function cpuTimes(): { used: number; total: number } {
  const times = cpus().map((cpu) => cpu.times);
  const total = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { total, used: total - times.reduce((sum, { idle }) => sum + idle, 0) };
}
