import { sizeWords } from "@/lib/preflight/size-words";
import type { Shape } from "./arguments";
import type { Absent } from "./contender";
import type { CpuSeconds } from "./cpu";
import type { Load } from "./machine";
import { OVERHEAD, type Profile, phases } from "./profile";
import type { Run, Summary } from "./summary";

/** A unit that takes less than this share of the wall time is not worth a line. */
const SHOWN_FROM = 0.01;

const seconds = (value: number | null) => (value === null ? "-" : value.toFixed(2));
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** Lines whose cells stand in columns; the first is as wide as its widest, numbers end where their column ends. */
function columns(rows: string[][]): string[] {
  const widths = rows.reduce<number[]>(
    (known, row) => row.map((cell, index) => Math.max(cell.length, known[index] ?? 0)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

export const shapeWords = (shape: Shape) =>
  shape.kind === "shop" ? `the shop at scale ${shape.scale}` : `${shape.tables} small tables`;

export const loadWords = ({ average, busy }: Load) => `load ${average.toFixed(2)}, ${percent(busy)} busy`;

const cpuWords = ({ source, target, command }: CpuSeconds) =>
  `CPU ${seconds(source)} source, ${seconds(target)} target, ${seconds(command)} command`;

export function runLine({ round, contender, seconds: took, load, cpu, failure, peakMemoryBytes }: Run): string {
  const head = `round ${round + 1}: ${failure === null ? `${took.toFixed(2)} s` : "failed"}  ${contender}`;
  const memory = peakMemoryBytes === null ? [] : [`${sizeWords(peakMemoryBytes)} in memory`];
  const line = `${head} (${[loadWords(load), ...(cpu ? [cpuWords(cpu)] : []), ...memory].join("; ")})`;
  return failure === null ? line : `${line}\n  ${failure}`;
}

export function summaryLines({ contenders, ratios }: Summary, absent: Absent[]): string[] {
  const times = contenders.map(({ name, seconds: took, median, cpuMedian }) => [
    name,
    seconds(median),
    seconds(cpuMedian),
    took.map(seconds).join(" "),
  ]);
  const pairs = ratios.map(({ to, pairs: all, median }) => [
    `Ferry to ${to}`,
    seconds(median),
    all.map(seconds).join(" "),
  ]);
  return [
    ...columns([["seconds", "median", "of CPU", "runs"], ...times]),
    "",
    ...(pairs.length === 0 ? [] : [...columns([["ratio", "median", "pairs of one round"], ...pairs]), ""]),
    ...absent.map(({ name, absent: why }) => `${name}: ${why}`),
  ];
}

export function profileLines({ wallSeconds, seconds: spent, overhead, overheadOfImport, units }: Profile): string[] {
  const rows = phases.map((phase) => [
    OVERHEAD.includes(phase) ? `${phase} *` : phase,
    spent[phase].toFixed(2),
    percent(spent[phase] / wallSeconds),
  ]);
  const long = units.filter((unit) => unit.seconds >= wallSeconds * SHOWN_FROM);
  return [
    ...columns([["where the time goes", "seconds", "of wall"], ...rows]),
    `* neither copies, builds nor validates: ${percent(overhead)} of ${wallSeconds.toFixed(2)} s;`,
    `  without the command's own start and stop: ${percent(overheadOfImport)}`,
    "",
    ...columns([
      ["unit", "lane", "from", "seconds"],
      ...long.map(({ kind, subject, lane, from, seconds: took }) => [
        `${kind} ${subject}`,
        String(lane),
        from.toFixed(2),
        took.toFixed(2),
      ]),
    ]),
  ];
}
