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

/** Single tests of a Playwright run; one that passed at a second try only has failed. @returns {Counts} */
export function countPlaywright(report, code) {
  if (!report) return { ...noCounts(), failed: 1 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return admitFailure(code, { passed: expected, failed: unexpected + flaky + report.errors.length, skipped });
}

/** A run that ends badly without a failed test (an error outside any test, nothing to run) has failed once. */
function admitFailure(code, counts) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @param {Counts} counts */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}
