import { describe, expect, it } from "vitest";
import { readOptions, UsageError } from "./arguments";

describe("the suite's arguments", () => {
  it("are 200 runs of a seed of their own without any", () => {
    expect(readOptions([], 123_456_789)).toMatchObject({ seed: 456_789, parallel: 1 });
    const options = readOptions([], 1);
    expect(options?.grid === false && options.runs).toHaveLength(200);
  });

  it("name the runs of a seed that are to be done again", () => {
    expect(readOptions(["--seed", "5", "--only", "17,3", "--faults", "kill process"], 1)).toEqual({
      ...{ grid: false, seed: 5, runs: [17, 3], parallel: 1, faults: ["kill process"] },
    });
  });

  it.each([
    [["--runs", "none"], /^--runs: a whole number/],
    [["--faults", "earthquake"], /no fault earthquake/],
    [["--sed", "1"], /sed/],
  ])("%j are refused", (args, message) => {
    expect(() => readOptions(args, 1)).toThrow(UsageError);
    expect(() => readOptions(args, 1)).toThrow(message);
  });

  it("ask for the help", () => expect(readOptions(["-h"], 1)).toBeNull());
});
