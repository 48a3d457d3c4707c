import { readFile } from "node:fs/promises";

/** Linux counts in hundredths of a second, on every machine. */
const TICKS_PER_SECOND = 100;

/** Who has computed for a copy, in seconds of one core. Unlike wall time it hardly depends on what else runs. */
export interface CpuSeconds {
  source: number;
  target: number;
  /** The command and all it has started, Ferry's own database included. */
  command: number;
}

/** Null where the system does not tell. */
export async function readCpu(source: number, target: number): Promise<CpuSeconds | null> {
  try {
    const [ofSource, ofTarget, self] = await Promise.all([
      treeTicks(source),
      treeTicks(target),
      readTicks(process.pid),
    ]);
    return {
      source: ofSource / TICKS_PER_SECOND,
      target: ofTarget / TICKS_PER_SECOND,
      command: self.ended / TICKS_PER_SECOND,
    };
  } catch {
    return null;
  }
}

export function cpuBetween(before: CpuSeconds | null, after: CpuSeconds | null): CpuSeconds | null {
  if (!before || !after) return null;
  const between = (part: keyof CpuSeconds) => Math.max(0, after[part] - before[part]);
  return { source: between("source"), target: between("target"), command: between("command") };
}

/** A server's own time, that of its sessions that have ended, and that of those that live. */
async function treeTicks(pid: number): Promise<number> {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")).trim().split(" ").filter(Boolean);
  const { own, ended } = await readTicks(pid);
  // One that ends between the two looks is then missing from both: so little that it does not matter.
  const living = await Promise.all(
    children.map((child) => readTicks(Number(child)).catch(() => ({ own: 0, ended: 0 }))),
  );
  return own + ended + living.reduce((sum, child) => sum + child.own + child.ended, 0);
}

async function readTicks(pid: number): Promise<{ own: number; ended: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // The name in front is in brackets and may hold anything; 14 to 17 are user and system time, own and of the ended.
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [own = 0, ownSystem = 0, ended = 0, endedSystem = 0] = fields.slice(11, 15);
  return { own: own + ownSystem, ended: ended + endedSystem };
}
