import { type Arena, openSlot, type Slot } from "./arena";
import { drawRun, FASTEST_BYTES_PER_SECOND, type RunPlan, type Seen } from "./draw";
import { FAULTS } from "./faults";
import { type RunResult, runOnce } from "./run";

export interface SuiteOptions {
  seed: number;
  /** Which ones: a run is the same whether others come before it or not. */
  runs: number[];
  /** How many go side by side. */
  parallel: number;
  /** Only these, by name. */
  faults?: readonly string[];
  onRun?: (run: number, result: RunResult) => void;
}

export const UNDISTURBED = 0;

const calmPlan = (seed: number): RunPlan => ({
  ...{ seed, options: { lanes: 2 }, sourceMoves: false, strikes: [] },
  bytesPerSecond: FASTEST_BYTES_PER_SECOND,
});

/** First an import that nothing happens to, which tells how long one is; then the others. */
export async function runSuite(arena: Arena, options: SuiteOptions): Promise<RunResult[]> {
  const { seed, parallel, onRun = () => {} } = options;
  const faults = options.faults ?? FAULTS.map(({ name }) => name);
  const results: RunResult[] = [];
  const finish = (run: number, result: RunResult) => {
    results.push(result);
    onRun(run, result);
    return result.wrongs.length === 0;
  };
  const waiting = options.runs.filter((run) => run !== UNDISTURBED);
  const work = async (first: Slot, calm: Seen) => {
    let slot = first;
    try {
      for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
        if (finish(run, await runOnce(arena, slot, drawRun(seed, run, calm, faults)))) continue;
        // What is left behind of a Ferry that went wrong is not the next run's affair.
        await slot.close();
        slot = await openSlot(arena);
      }
    } finally {
      await slot.close();
    }
  };
  const slot = await openSlot(arena);
  const calm = await runOnce(arena, slot, calmPlan(seed));
  if (!finish(UNDISTURBED, calm)) {
    await slot.close();
    return results;
  }
  const seen = { ...calm.seen, elapsedMs: calm.tookMs };
  const others = Array.from({ length: parallel - 1 }, async () => work(await openSlot(arena), seen));
  await Promise.all([work(slot, seen), ...others]);
  return results;
}
