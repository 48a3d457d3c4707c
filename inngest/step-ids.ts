/**
 * Ids of functions and steps. They are a stored format: an engine that finds a changed one runs that step again in
 * every import under way. A test freezes them.
 */
export const functionIds = {
  runImport: "run-import",
  lane: "lane",
  keepSnapshot: "keep-snapshot",
  cleanUp: "clean-up",
  notify: "notify",
  verifyAgain: "verify-again",
  forgetPasswords: "forget-passwords",
} as const;

export const stepIds = {
  begin: "begin",
  /** `round` counts snapshots: a second one is needed only when the first, of `begin`, was lost. */
  epoch: (round: number) => `open-epoch-${round}`,
  plan: (round: number) => `plan-${round}`,
  /** `leg` counts the runs of one lane: each has a bounded number of steps. */
  lane: (round: number, lane: number, leg: number) => `lane-${round}-${lane}-${leg}`,
  verifyObjects: "verify-objects",
  finish: "finish",
  work: (step: number) => `work-${step}`,
  hold: "hold",
  fail: "fail",
  endStatements: "end-statements",
  webhook: "webhook",
  cleanTarget: "clean-target",
  endReading: "end-reading",
  wipe: "wipe",
  compareAgain: "compare-again",
  wipeOld: "wipe-old",
} as const;
