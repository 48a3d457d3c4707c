import { describe, expect, it } from "vitest";
import { FASTER, FERRY, inTurn, median, type Run, summarise, typical } from "./summary";

const run = (contender: string, round: number, seconds: number, failure: string | null = null): Run => ({
  contender,
  round,
  seconds,
  failure,
  load: { average: 0, busy: 0 },
  cpu: { source: seconds, target: seconds, command: 1 },
  peakMemoryBytes: null,
});

it.each([
  [[], null],
  [[3], 3],
  [[4, 1, 3], 3],
  [[1, 2, 3, 10], 2.5],
])("median of %j", (values, expected) => {
  expect(median(values)).toBe(expected);
});

it("the typical one is one of them", () => {
  const values = (list: number[]) => typical(list, (value) => value);
  expect([[], [7], [4, 1], [4, 1, 3]].map(values)).toEqual([undefined, 7, 1, 3]);
});

describe("ratios", () => {
  const names = [FERRY, "a", "b"];

  it("are those of the same round, and the faster one is chosen round by round", () => {
    const runs = [
      ...[run(FERRY, 0, 6), run("a", 0, 12), run("b", 0, 8)],
      ...[run("b", 1, 20), run(FERRY, 1, 5), run("a", 1, 10)],
    ];
    expect(summarise(names, runs).ratios).toEqual([
      { to: "a", pairs: [0.5, 0.5], median: 0.5 },
      { to: "b", pairs: [0.75, 0.25], median: 0.5 },
      { to: FASTER, pairs: [0.75, 0.5], median: 0.625 },
    ]);
  });

  it("leave out what failed", () => {
    const { contenders, ratios } = summarise(names, [run(FERRY, 0, 6), run("a", 0, 1, "broken"), run("b", 0, 8)]);
    expect(contenders[1]).toEqual({ name: "a", seconds: [], median: null, cpuMedian: null });
    expect(contenders[2]).toEqual({ name: "b", seconds: [8], median: 8, cpuMedian: 17 });
    expect(ratios.map(({ pairs }) => pairs)).toEqual([[], [0.75], [0.75]]);
  });

  it("to the faster one of a single peer would say the same twice", () => {
    expect(summarise([FERRY, "a"], [run(FERRY, 0, 1), run("a", 0, 2)]).ratios).toHaveLength(1);
    expect(summarise([FERRY], [run(FERRY, 0, 1)]).ratios).toEqual([]);
  });
});

it("everybody begins once", () => {
  const orders = [0, 1, 2, 3].map((round) => inTurn(["a", "b", "c"], round).join(""));
  expect(orders).toEqual(["abc", "bca", "cab", "abc"]);
});
