import { FAILPOINTS } from "@/lib/failpoints/names";
import { cellName } from "./cells";
import { isPassed } from "./grid";
import type { CellResult } from "./run-cell";

const NAME_WIDTH = 44;
const VERDICT_WIDTH = 14;

/** One line a cell, and below it what is wrong, with the way to do the same again. */
export function cellLines(result: CellResult): string[] {
  const { cell, tookMs, isReached, retried, askedAgain, unanswered, wrongs } = result;
  const name = cellName(cell);
  const verdict = wrongs.length > 0 ? "WRONG" : isReached ? "passed" : "NEVER REACHED";
  const notes = [
    ...(retried.length > 0 ? [`retried ${retried.length === 1 ? "once" : `${retried.length} times`}`] : []),
    ...(askedAgain.length > 0 ? ["asked again"] : []),
    ...(unanswered.length > 0 ? ["unanswered"] : []),
  ];
  return [
    `${name.padEnd(NAME_WIDTH)} ${verdict.padEnd(VERDICT_WIDTH)} ${`${(tookMs / 1_000).toFixed(1)} s`.padStart(7)}  ${notes.join(", ")}`.trimEnd(),
    ...(isPassed(result)
      ? []
      : [
          ...retried.map((why) => `    retried after ${why}`),
          ...askedAgain.map((why) => `    asked again after ${why}`),
          ...unanswered.map((why) => `    not asked again after ${why}`),
          ...wrongs.map((wrong) => `    ${wrong}`),
          `    again: npm run faults -- --grid --only ${name}`,
        ]),
  ];
}

/** What all came to. A failpoint that no cell has reached is as bad as a wrong one. */
export function gridSummary(results: CellResult[], tookMs: number, isWhole: boolean): string[] {
  const passed = results.filter(isPassed);
  const wrong = results.filter(({ wrongs }) => wrongs.length > 0);
  const names = new Set<string>(results.filter(({ isReached }) => isReached).map(({ cell }) => cell.name));
  const unreached = isWhole ? Object.keys(FAILPOINTS).filter((name) => !names.has(name)) : [];
  const minutes = (tookMs / 60_000).toFixed(1);
  return [
    `${results.length} cells in ${minutes} min: ${passed.length} passed, ${wrong.length} wrong, ${results.filter(({ isReached }) => !isReached).length} never reached`,
    `failpoints reached: ${names.size} of ${isWhole ? Object.keys(FAILPOINTS).length : new Set(results.map(({ cell }) => cell.name)).size}${unreached.length > 0 ? `; never: ${unreached.join(", ")}` : ""}`,
    `retried by hand: ${results.filter(({ retried }) => retried.length > 0).length}, asked again: ${results.filter(({ askedAgain }) => askedAgain.length > 0).length}`,
    ...(passed.length < results.length
      ? [
          `not passed: ${results
            .filter((result) => !isPassed(result))
            .map(({ cell }) => cellName(cell))
            .join(" ")}`,
        ]
      : []),
  ];
}
