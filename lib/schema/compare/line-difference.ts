const MOST_LINES = 400;
const CONTEXT_LINES = 2;

/** Lines of two texts, the first's own after `-` and the second's after `+`, with a little of what surrounds them. */
export function lineDifference(left: string, right: string): string {
  if (left === "") return signed("+", right);
  if (right === "") return signed("-", left);
  const from = left.split("\n");
  const to = right.split("\n");
  if (from.length > MOST_LINES || to.length > MOST_LINES) return `${signed("-", left)}\n${signed("+", right)}`;
  return inContext(walk(from, to, commonLengths(from, to)));
}

const signed = (sign: string, text: string): string =>
  text
    .split("\n")
    .map((line) => `${sign} ${line}`)
    .join("\n");

/** `[i][j]`: how many lines the texts have in common from line i and line j on. */
function commonLengths(from: readonly string[], to: readonly string[]): number[][] {
  const lengths = Array.from({ length: from.length + 1 }, () => new Array<number>(to.length + 1).fill(0));
  for (let i = from.length - 1; i >= 0; i--) {
    for (let j = to.length - 1; j >= 0; j--) {
      const row = lengths[i] as number[];
      row[j] =
        from[i] === to[j] ? at(lengths, i + 1, j + 1) + 1 : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
    }
  }
  return lengths;
}

const at = (lengths: readonly number[][], i: number, j: number): number => lengths[i]?.[j] ?? 0;

function walk(from: readonly string[], to: readonly string[], lengths: readonly number[][]): string[] {
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      lines.push(`  ${from[i]}`);
      i += 1;
      j += 1;
    } else if (j >= to.length || (i < from.length && at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      lines.push(`- ${from[i]}`);
      i += 1;
    } else {
      lines.push(`+ ${to[j]}`);
      j += 1;
    }
  }
  return lines;
}

function inContext(lines: readonly string[]): string {
  const near = (index: number) =>
    lines.slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1).some((line) => !line.startsWith("  "));
  return lines.filter((_, index) => near(index)).join("\n");
}
