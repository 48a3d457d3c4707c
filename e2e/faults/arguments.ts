import { parseArgs } from "node:util";
import { FAULTS } from "./faults";

export interface FaultsOptions {
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
  --faults A,...  of these: ${FAULTS.map(({ name }) => name).join(", ")}
`;

/** Wrong usage. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const text = { type: "string" } as const;
const FLAGS = {
  ...{ runs: { ...text, default: "200" }, seed: text, only: text, parallel: { ...text, default: "1" }, faults: text },
  help: { type: "boolean", default: false, short: "h" },
} as const;

/** Null asks for the help. */
export function readOptions(args: string[], now: number): FaultsOptions | null {
  const values = parse(args);
  if (values.help) return null;
  const all = FAULTS.map(({ name }) => name);
  const faults = values.faults?.split(",") ?? all;
  const unknown = faults.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new UsageError(`--faults: there is no fault ${unknown}.`);
  return {
    seed: values.seed === undefined ? now % 1_000_000 : whole("seed", values.seed, 0),
    runs:
      values.only?.split(",").map((run) => whole("only", run, 0)) ??
      Array.from({ length: whole("runs", values.runs, 1) }, (_, index) => index + 1),
    parallel: whole("parallel", values.parallel, 1),
    faults,
  };
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
