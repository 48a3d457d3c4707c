import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { Pool } from "pg";

/** Those of this process; there may be several, in tests for one. */
const ours = new Set<string>();

/** Where process ids mean the same: a machine, or a container on it. */
function machine(): string {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname(); // Only Linux has /proc.
  }
}

/** Enters this runner among the living. */
export async function enrol(pool: Pool, runnerId: string): Promise<void> {
  ours.add(runnerId);
  await pool.query("insert into ferry_runner.runner (id, machine, pid) values ($1, $2, $3)", [
    runnerId,
    machine(),
    process.pid,
  ]);
}

/**
 * Takes over from runners on this machine whose process is gone: what they held would otherwise wait until
 * its lease ends. Returns how many there were.
 */
export async function burySiblings(pool: Pool, runnerId: string): Promise<number> {
  const { rows } = await pool.query<{ id: string; pid: number }>(
    "select id, pid from ferry_runner.runner where machine = $1 and id <> $2",
    [machine(), runnerId],
  );
  const dead = rows.filter(({ id, pid }) => !isRunning(id, pid)).map(({ id }) => id);
  if (dead.length > 0) await leave(pool, dead);
  return dead.length;
}

/** Strikes runners off the list and gives their work back. */
export async function leave(pool: Pool, runnerIds: string[]): Promise<void> {
  for (const id of runnerIds) ours.delete(id);
  await pool.query(
    `update ferry_runner.job set lease_id = null, lease_until = null, runner_id = null
      where runner_id = any($1::uuid[])`,
    [runnerIds],
  );
  await pool.query(
    `update ferry_runner.event set lease_until = null, runner_id = null
      where runner_id = any($1::uuid[]) and delivered_at is null`,
    [runnerIds],
  );
  await pool.query("delete from ferry_runner.runner where id = any($1::uuid[])", [runnerIds]);
}

function isRunning(id: string, pid: number): boolean {
  if (pid === process.pid) return ours.has(id);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
