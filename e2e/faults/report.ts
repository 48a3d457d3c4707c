import { planInWords } from "./draw";
import type { RunResult } from "./run";

/** One line a run, and what is wrong below it with the way to do the same again. */
export function runLines(
  run: number,
  { plan, tookMs, struck, retried, wrongs }: RunResult,
  suiteSeed: number,
): string[] {
  const verdict = wrongs.length > 0 ? "WRONG" : retried ? "retried" : "equal";
  const hits = struck.map(({ fault, hit }) => `${fault}: ${hit ?? "nothing there"}`);
  return [
    `run ${run} (seed ${plan.seed}) ${verdict} in ${seconds(tookMs)}; ${planInWords(plan)}`,
    ...(hits.length > 0 ? [`    hit ${hits.join("; ")}`] : []),
    ...(retried ? [`    retried by hand after ${retried}`] : []),
    ...wrongs.map((wrong) => `    ${wrong}`),
    ...(wrongs.length > 0 ? [`    again: npm run faults -- --seed ${suiteSeed} --only ${run}`] : []),
  ];
}

/** What all came to. */
export function summaryLines(results: RunResult[], faults: readonly string[]): string[] {
  const struck = results.flatMap((result) => result.struck);
  const strikes = faults.map((name) => {
    const mine = struck.filter(({ fault }) => fault === name);
    return `  ${name.padEnd(20)} ${mine.filter(({ hit }) => hit !== null).length} struck, ${mine.filter(({ hit }) => hit === null).length} found nothing`;
  });
  const wrong = results.filter(({ wrongs }) => wrongs.length > 0);
  const retried = results.filter((result) => result.retried !== null);
  return [
    `${results.length} runs, median ${seconds(median(results.map(({ tookMs }) => tookMs)))}, longest ${seconds(Math.max(0, ...results.map(({ tookMs }) => tookMs)))}`,
    ...strikes,
    `what it did to them: ${counted(results.flatMap(({ events }) => events))}`,
    `retried by hand: ${retried.length}`,
    `wrong: ${wrong.length}${wrong.length > 0 ? `, seeds ${wrong.map(({ plan }) => plan.seed).join(", ")}` : ""}`,
  ];
}

function counted(kinds: string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const sorted = [...counts].sort(([, left], [, right]) => right - left);
  return sorted.map(([kind, count]) => `${kind} ${count}`).join(", ");
}

export function median(values: number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
