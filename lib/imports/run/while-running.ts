import { loadImport } from "../record";

const LOOK_MS = 1_000;

/**
 * For work that hangs on sessions of its own, outside of any lane: its signal is aborted when the import is not running
 * any more, which makes null of it, and when the work fails, so that what else it has begun ends with it.
 */
export async function whileRunning<T>(importId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  const controller = new AbortController();
  let stopped = false;
  const look = async () => {
    if ((await loadImport(importId)).status === "running") return;
    stopped = true;
    controller.abort();
  };
  // A look that fails is followed by the next one.
  const looking = setInterval(() => void look().catch(() => {}), LOOK_MS);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (stopped) return null;
    throw error;
  } finally {
    clearInterval(looking);
    controller.abort();
  }
}
