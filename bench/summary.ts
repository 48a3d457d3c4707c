import type { CpuSeconds } from "./cpu";
import type { Load } from "./machine";

/** One copy by one contender. */
export interface Run {
  contender: string;
  round: number;
  seconds: number;
  load: Load;
  cpu: CpuSeconds | null;
  peakMemoryBytes: number | null;
  /** Why it does not count: it ended with an error, or what it made is not the source. */
  failure: string | null;
}

export interface Summary {
  contenders: { name: string; seconds: number[]; median: number | null; cpuMedian: number | null }[];
  /** Of Ferry to each peer, by pairs of the same round. */
  ratios: { to: string; pairs: number[]; median: number | null }[];
}

export const FERRY = "Ferry";
export const FASTER = "the faster one";

/** Pure. Only pairs of one round are compared: what else the machine does changes from minute to minute. */
export function summarise(names: string[], runs: Run[]): Summary {
  const good = runs.filter((run) => run.failure === null);
  const secondsOf = (name: string) => good.filter((run) => run.contender === name).map((run) => run.seconds);
  const cpuOf = (name: string) =>
    good
      .filter((run) => run.contender === name)
      .flatMap(({ cpu }) => (cpu ? [cpu.source + cpu.target + cpu.command] : []));
  const peers = names.filter((name) => name !== FERRY);
  const ratioTo = (to: string, isOpponent: (name: string) => boolean) => {
    const pairs = good
      .filter((run) => run.contender === FERRY)
      .flatMap((ferry) => {
        const opponents = good.filter((run) => run.round === ferry.round && isOpponent(run.contender));
        return opponents.length === 0 ? [] : [ferry.seconds / Math.min(...opponents.map((run) => run.seconds))];
      });
    return { to, pairs, median: median(pairs) };
  };
  return {
    contenders: names.map((name) => ({
      name,
      seconds: secondsOf(name),
      median: median(secondsOf(name)),
      cpuMedian: median(cpuOf(name)),
    })),
    ratios: [
      ...peers.map((peer) => ratioTo(peer, (name) => name === peer)),
      ...(peers.length > 1 ? [ratioTo(FASTER, (name) => name !== FERRY)] : []),
    ],
  };
}

export function median(values: number[]): number | null {
  const sorted = [...values].sort((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}

/** The one in the middle, the lower of two. */
export function typical<T>(list: T[], weigh: (item: T) => number): T | undefined {
  const sorted = [...list].sort((left, right) => weigh(left) - weigh(right));
  return sorted[Math.ceil(sorted.length / 2) - 1];
}

/** Pure. Each round begins with another contender, so that none always follows the same one. */
export function inTurn<T>(contenders: T[], round: number): T[] {
  const first = contenders.length === 0 ? 0 : round % contenders.length;
  return [...contenders.slice(first), ...contenders.slice(0, first)];
}
