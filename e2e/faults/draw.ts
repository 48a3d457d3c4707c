import type { ImportOptions } from "@/lib/plan/options";
import { pick, type Random, seeded, seedOf, wholeBelow } from "./random";

/** How far an import has come, by what can be counted from outside. */
export interface Seen {
  elapsedMs: number;
  unitsDone: number;
  bytesDone: number;
  /** Ever opened, to both sides. */
  connections: number;
}

export interface Strike {
  fault: string;
  /** It strikes when so much is seen. */
  when: { measure: keyof Seen; atLeast: number };
  /** For what the fault chooses itself. */
  seed: number;
}

/** Everything that is random in a run, drawn before it begins. */
export interface RunPlan {
  seed: number;
  options: Partial<ImportOptions>;
  /** Of either line, in each direction of each connection. */
  bytesPerSecond: number;
  /** Somebody writes elsewhere on the source's server, so that a snapshot that is lost cannot be taken anew. */
  sourceMoves: boolean;
  strikes: Strike[];
}

export const FASTEST_BYTES_PER_SECOND = 12_000_000;
/** A dump of the schema has to fit, on a busy machine too. */
const SHORT_STEP_SECONDS = 3;
/** By the slower ones a large table does not fit into a short step: it is cut. */
const SPEEDS = [2_000_000, 4_000_000, FASTEST_BYTES_PER_SECOND];
const MEASURES: (keyof Seen)[] = ["elapsedMs", "elapsedMs", "unitsDone", "bytesDone", "connections"];
const MOST_STRIKES = 3;

/** Pure. `calm` is what an undisturbed import came to, and `faults` are the names to choose from. */
export function drawRun(suiteSeed: number, run: number, calm: Seen, faults: readonly string[]): RunPlan {
  const seed = seedOf(suiteSeed, run);
  const random = seeded(seed);
  return {
    seed,
    options: { lanes: pick(random, [2, 2, 4]), stepBudgetSeconds: pick(random, [null, SHORT_STEP_SECONDS]) },
    bytesPerSecond: pick(random, SPEEDS),
    sourceMoves: random() < 0.3,
    strikes: Array.from({ length: 1 + wholeBelow(random, MOST_STRIKES) }, (_, index) =>
      drawStrike(random, calm, faults, seedOf(seed, index)),
    ),
  };
}

function drawStrike(random: Random, calm: Seen, faults: readonly string[], seed: number): Strike {
  const measure = pick(random, MEASURES);
  return { fault: pick(random, faults), when: { measure, atLeast: Math.floor(random() * calm[measure]) }, seed };
}

export const hasCome = ({ when }: Strike, seen: Seen): boolean => seen[when.measure] >= when.atLeast;

export const strikeInWords = ({ fault, when }: Strike): string => `${fault} at ${when.atLeast} ${when.measure}`;

export function planInWords({ options, bytesPerSecond, sourceMoves, strikes }: RunPlan): string {
  const { lanes, stepBudgetSeconds } = options;
  const steps = stepBudgetSeconds ? `steps of ${stepBudgetSeconds} s` : "long steps";
  const around = `${lanes} lanes, ${steps}, ${bytesPerSecond / 1e6} MB/s${sourceMoves ? ", source moves" : ""}`;
  return `${around}: ${strikes.map(strikeInWords).join("; ") || "undisturbed"}`;
}
