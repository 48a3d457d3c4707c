import { overNow, type RunOver } from "./run-over";

const LOOK_MS = 1_000;

/**
 * For work that hangs on sessions of its own, outside of any lane: its signal is aborted when the import is not running
 * any more in this run, which is told then, and when the work fails, so that what else it has begun ends with it.
 */
export async function whileRunning<T>(
  importId: string,
  run: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<{ done: T } | { over: RunOver }> {
  const controller = new AbortController();
  let over: RunOver | null = null;
  const look = async () => {
    over ??= await overNow(importId, run);
    if (over) controller.abort();
  };
  // A look that fails is followed by the next one.
  const looking = setInterval(() => void look().catch(() => {}), LOOK_MS);
  try {
    return { done: await work(controller.signal) };
  } catch (error) {
    if (over) return { over };
    throw error;
  } finally {
    clearInterval(looking);
    controller.abort();
  }
}
