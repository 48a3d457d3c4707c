import { type Arena, openSlot } from "../arena";
import type { Cell } from "./cells";
import { type CellResult, runCell } from "./run-cell";

interface GridOptions {
  cells: readonly Cell[];
  /** How many go side by side. */
  parallel: number;
  onCell?: (result: CellResult) => void;
}

/** All cells, each with an engine of its own. */
export async function runGrid(
  arena: Arena,
  { cells, parallel, onCell = () => {} }: GridOptions,
): Promise<CellResult[]> {
  const waiting = [...cells];
  const results: CellResult[] = [];
  const work = async () => {
    let slot = await openSlot(arena);
    try {
      for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
        const result = await runCell(arena, slot, cell);
        results.push(result);
        onCell(result);
        if (isPassed(result)) continue;
        // What is left behind of a Ferry that went wrong is not the next cell's affair.
        await slot.close();
        slot = await openSlot(arena);
      }
    } finally {
      await slot.close();
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return results;
}

export const isPassed = ({ isReached, wrongs }: CellResult): boolean => isReached && wrongs.length === 0;
