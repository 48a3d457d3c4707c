/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @returns {Counts} */
export const noCounts = () => ({ passed: 0, failed: 0, skipped: 0 });

/** @param {Counts} a @param {Counts} b @returns {Counts} */
export const addCounts = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** One part that either holds or does not. @returns {Counts} */
export const countOne = (code) => ({ ...noCounts(), [code === 0 ? "passed" : "failed"]: 1 });

/**
 * Single tests of a Vitest run. A file that could not be loaded has no tests to count and is one failure.
 * @returns {Counts}
 */
export function countVitest(report, code) {
  if (!report) return { ...noCounts(), failed: 1 };
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  ).length;
  return admitFailure(code, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

/**
 * Real servers and a browser on a machine that others use too: so few tests may need a second try. More of them is a
 * failure, and each is named.
 */
export const MOST_SECOND_TRIES = 3;

/** Single tests of a Playwright run, which tries again by itself. @returns {Counts} */
export function countPlaywright(report, code) {
  if (!report) return { ...noCounts(), failed: 1 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  const forgiven = flaky <= MOST_SECOND_TRIES ? flaky : 0;
  const failed = unexpected + flaky - forgiven + report.errors.length;
  return admitFailure(code, { passed: expected + forgiven, failed, skipped });
}

/** The tests that failed in a Vitest run, by file; null where a file could not be loaded or nothing is known. */
export function failuresByFile(report) {
  const failed = (report?.testResults ?? []).filter(({ status }) => status === "failed");
  const files = failed.map(({ name, assertionResults }) => ({
    file: name,
    tests: assertionResults.filter((test) => test.status === "failed").map((test) => test.fullName),
  }));
  return report && files.every(({ tests }) => tests.length > 0) ? files : null;
}

/** Whether what failed may be tried again: some tests did, and few. */
export function mayTryAgain(report) {
  const count = (failuresByFile(report) ?? []).reduce((sum, { tests }) => sum + tests.length, 0);
  return count > 0 && count <= MOST_SECOND_TRIES;
}

/**
 * What is left of a run's failures after its failed files were run once more.
 * @returns {{ counts: Counts, secondTries: string[] }}
 */
export function countSecondTry(first, second, code) {
  const counts = countVitest(first, 1);
  const left = failuresByFile(second);
  // A second run that did not come to its end has shown nothing.
  if (left === null || (code !== 0 && left.length === 0)) return { counts, secondTries: [] };
  const still = new Set(left.flatMap(({ tests }) => tests));
  const tried = failuresByFile(first)?.flatMap(({ tests }) => tests) ?? [];
  const secondTries = tried.filter((test) => !still.has(test));
  return {
    counts: { ...counts, passed: counts.passed + secondTries.length, failed: still.size },
    secondTries,
  };
}

/** A run that ends badly without a failed test (an error outside any test, nothing to run) has failed once. */
function admitFailure(code, counts) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @param {Counts} counts */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}
