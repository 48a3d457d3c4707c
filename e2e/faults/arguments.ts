import { parseArgs } from "node:util";
import { FAULTS } from "./faults";
import { CELLS, type Cell, cellsNamed } from "./grid/cells";

export interface GridOptions {
  grid: true;
  cells: readonly Cell[];
  /** Whether these are all that there are. */
  isWhole: boolean;
  parallel: number;
}

export interface FaultsOptions {
  grid: false;
  seed: number;
  runs: number[];
  parallel: number;
  faults: string[];
}

export const USAGE = `Usage: npm run faults -- [options]

Whole imports, each struck by random faults at random moments; afterwards both sides must be equal.

  --runs N        how many (200)
  --seed N        what is random is drawn from it; without one, from the clock
  --only N,...    these runs of the seed's only, as a failed one is done again
  --parallel N    so many side by side (1)
  --grid          instead of random ones, each failpoint with each action: --only NAME:ACTION:N,... for some of them
  --faults A,...  of these: ${FAULTS.map(({ name }) => name).join(", ")}
`;

/** Wrong usage. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const text = { type: "string" } as const;
const FLAGS = {
  ...{ runs: { ...text, default: "200" }, seed: text, only: text, parallel: { ...text, default: "1" }, faults: text },
  grid: { type: "boolean", default: false },
  help: { type: "boolean", default: false, short: "h" },
} as const;

/** Null asks for the help. */
export function readOptions(args: string[], now: number): FaultsOptions | GridOptions | null {
  const values = parse(args);
  if (values.help) return null;
  const parallel = whole("parallel", values.parallel, 1);
  if (values.grid) return { grid: true, ...cellsOf(values.only), parallel };
  const all = FAULTS.map(({ name }) => name);
  const faults = values.faults?.split(",") ?? all;
  const unknown = faults.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new UsageError(`--faults: there is no fault ${unknown}.`);
  return {
    grid: false,
    seed: values.seed === undefined ? now % 1_000_000 : whole("seed", values.seed, 0),
    runs:
      values.only?.split(",").map((run) => whole("only", run, 0)) ??
      Array.from({ length: whole("runs", values.runs, 1) }, (_, index) => index + 1),
    parallel,
    faults,
  };
}

function cellsOf(only: string | undefined): Pick<GridOptions, "cells" | "isWhole"> {
  if (only === undefined) return { cells: CELLS, isWhole: true };
  const cells = only.split(",").flatMap((name) => {
    const found = cellsNamed(name);
    if (found.length === 0) throw new UsageError(`--only: the grid has no cell ${name}.`);
    return found;
  });
  return { cells, isWhole: false };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: FLAGS, strict: true }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "The arguments cannot be read.");
  }
}

function whole(name: string, value: string, least: number): number {
  const number = value.trim() === "" ? Number.NaN : Number(value);
  if (!Number.isInteger(number) || number < least) throw new UsageError(`--${name}: a whole number from ${least} on.`);
  return number;
}
