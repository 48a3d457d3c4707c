import { describe, expect, test } from "vitest";
import {
  addCounts,
  countOne,
  countPlaywright,
  countSecondTry,
  countVitest,
  mayTryAgain,
  noCounts,
  summary,
} from "./test-counts.mjs";

const vitest = (numbers: object, testResults: object[] = []) => ({
  ...{ numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults },
  ...numbers,
});
const playwright = (stats: object, errors: object[] = []) => ({
  stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  errors,
});

describe("countVitest", () => {
  test.each([
    ["all pass", vitest({ numPassedTests: 3 }), 0, [3, 0, 0]],
    ["one fails", vitest({ numPassedTests: 2, numFailedTests: 1 }), 1, [2, 1, 0]],
    ["skipped and to do", vitest({ numPassedTests: 2, numPendingTests: 1, numTodoTests: 2 }), 0, [2, 0, 3]],
    [
      "a file that cannot be loaded",
      vitest({ numPassedTests: 2 }, [{ status: "failed", assertionResults: [] }]),
      1,
      [2, 1, 0],
    ],
    [
      "a file with a failed test counts that test only",
      vitest({ numFailedTests: 1 }, [{ status: "failed", assertionResults: [{ status: "failed" }] }]),
      1,
      [0, 1, 0],
    ],
    ["an error outside any test", vitest({ numPassedTests: 3 }), 1, [3, 1, 0]],
    ["no report at all", null, 1, [0, 1, 0]],
    ["no report although it ended well", null, 0, [0, 1, 0]],
  ])("%s", (_, report, code, [passed, failed, skipped]) => {
    expect(countVitest(report, code)).toEqual({ passed, failed, skipped });
  });
});

describe("countPlaywright", () => {
  test.each([
    ["all pass", playwright({ expected: 4 }), 0, [4, 0, 0]],
    ["one fails, one passes at a second try", playwright({ expected: 2, unexpected: 1, flaky: 1 }), 1, [3, 1, 0]],
    ["many need a second try", playwright({ expected: 2, flaky: 4 }), 0, [2, 4, 0]],
    ["the server did not start", playwright({}, [{}]), 1, [0, 1, 0]],
    ["killed", playwright({ expected: 1, skipped: 3 }), null, [1, 1, 3]],
  ])("%s", (_, report, code, [passed, failed, skipped]) => {
    expect(countPlaywright(report, code)).toEqual({ passed, failed, skipped });
  });
});

describe("a second try", () => {
  const file = (name: string, failed: string[]) => ({
    name,
    status: failed.length > 0 ? "failed" : "passed",
    assertionResults: [...failed.map((fullName) => ({ status: "failed", fullName })), { status: "passed" }],
  });
  const first = vitest({ numPassedTests: 9, numFailedTests: 2 }, [file("a", ["a 1", "a 2"]), file("b", [])]);

  test.each([
    ["nothing failed", vitest({ numPassedTests: 1 }, [file("a", [])]), false],
    ["few failed", first, true],
    ["many failed", vitest({ numFailedTests: 4 }, [file("a", ["1", "2", "3", "4"])]), false],
    ["a file could not be loaded", vitest({}, [{ name: "a", status: "failed", assertionResults: [] }]), false],
    ["no report", null, false],
  ])("is worth it or not: %s", (_, report, worth) => {
    expect(mayTryAgain(report)).toBe(worth);
  });

  test.each([
    ["all pass", vitest({}, [file("a", [])]), 0, [11, 0], ["a 1", "a 2"]],
    ["one fails again", vitest({}, [file("a", ["a 2"])]), 1, [10, 1], ["a 1"]],
    ["another fails", vitest({}, [file("a", ["a 3"])]), 1, [11, 1], ["a 1", "a 2"]],
    ["it ends badly without a failed test", vitest({}, [file("a", [])]), 1, [9, 2], []],
    ["no report", null, 1, [9, 2], []],
  ])("%s", (_, second, code, [passed, failed], secondTries) => {
    expect(countSecondTry(first, second, code)).toEqual({ counts: { passed, failed, skipped: 0 }, secondTries });
  });
});

test("parts add up to the last line", () => {
  const counts = [countOne(0), countOne(2), { passed: 5, failed: 0, skipped: 0 }].reduce(addCounts, noCounts());
  expect(summary(counts)).toBe("6 passed, 1 failed");
  expect(summary({ ...counts, skipped: 2 })).toBe("6 passed, 1 failed, 2 skipped");
});
