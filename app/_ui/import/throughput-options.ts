import type uPlot from "uplot";
import { formatBytes, formatOffset } from "../format";

const compact = new Intl.NumberFormat("en-US", { notation: "compact" });
/** Sizes are written in steps of 1024, so round ones are powers of two. */
const POWERS = Array.from({ length: 50 }, (_, power) => 2 ** power);
const ROUND_ROWS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8].flatMap((ten) => [ten, 2 * ten, 5 * ten]);
const ROUND_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400];
/** Room above the highest point. */
const HEADROOM = 1.1;

/** How throughput is drawn: time on x, bytes on the left, rows on the right. */
export function chartOptions(
  element: HTMLElement,
  spanSeconds: () => number,
  onPoint: (step: number | null) => void,
): Omit<uPlot.Options, "width" | "height"> {
  const colour = colourReader(element);
  const fromZero: uPlot.Scale.Range = (_plot, _least, most) => [0, Math.max(1, most ?? 1) * HEADROOM];
  const line = { stroke: colour("--line"), width: 1 };
  const axis = {
    stroke: colour("--quiet"),
    font: `11px ${getComputedStyle(element).fontFamily}`,
    ticks: { show: false },
    gap: 6,
  };
  return {
    legend: { show: false },
    // The label of the uppermost line stands half above it.
    padding: [8, 0, 0, 0],
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: () => [0, spanSeconds()] },
      bytes: { range: fromZero },
      rows: { range: fromZero },
    },
    axes: [
      {
        ...axis,
        size: 24,
        space: 64,
        incrs: ROUND_SECONDS,
        grid: { show: false },
        values: (_plot, seconds) => seconds.map((second) => formatOffset(second * 1_000)),
      },
      {
        ...axis,
        scale: "bytes",
        size: 64,
        space: 40,
        incrs: POWERS,
        grid: line,
        values: (_plot, bytes) => bytes.map(roundBytes),
      },
      {
        ...axis,
        scale: "rows",
        side: 1,
        size: 56,
        space: 40,
        incrs: ROUND_ROWS,
        grid: { show: false },
        values: (_plot, rows) => rows.map((row) => (row === 0 ? "0" : `${compact.format(row)}/s`)),
      },
    ],
    series: [
      {},
      {
        scale: "bytes",
        stroke: colour("--accent"),
        fill: colour("--accent-soft"),
        width: 1.5,
        points: { show: false },
      },
      { scale: "rows", stroke: colour("--info"), width: 1.5, dash: [4, 3], points: { show: false } },
    ],
    hooks: { setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)] },
  };
}

const roundBytes = (bytes: number) => (bytes === 0 ? "0" : `${formatBytes(bytes).replace(".0", "")}/s`);

/** What a variable comes to in the theme that is shown: a canvas does not understand `light-dark()`. */
function colourReader(element: HTMLElement): (variable: string) => string {
  return (variable) => {
    const probe = element.appendChild(document.createElement("span"));
    probe.style.color = `var(${variable})`;
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}
