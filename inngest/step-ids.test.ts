import { expect, it } from "vitest";
import { functionIds, stepIds } from "./step-ids";

/** A stored format: imports under way know their steps by these. Another id runs that step again. */
it("never changes the id of a function or step", () => {
  const ids = Object.entries(stepIds).map(([name, id]) => [name, typeof id === "string" ? id : id(1, 2, 3)]);
  expect({ functions: functionIds, steps: Object.fromEntries(ids) }).toEqual({
    functions: {
      runImport: "run-import",
      lane: "lane",
      keepSnapshot: "keep-snapshot",
      cleanUp: "clean-up",
      notify: "notify",
      verifyAgain: "verify-again",
      forgetPasswords: "forget-passwords",
    },
    steps: {
      begin: "begin",
      epoch: "open-epoch-1",
      plan: "plan-1",
      lane: "lane-1-2-3",
      verifyObjects: "verify-objects",
      finish: "finish",
      work: "work-1",
      hold: "hold",
      fail: "fail",
      endStatements: "end-statements",
      webhook: "webhook",
      cleanTarget: "clean-target",
      endReading: "end-reading",
      wipe: "wipe",
      compareAgain: "compare-again",
      wipeOld: "wipe-old",
    },
  });
});

it("never gives two steps of one run the same id", () => {
  const { begin, epoch, plan, lane, verifyObjects, finish, fail } = stepIds;
  const rounds = [1, 2, 11];
  const ids = [
    ...[begin, verifyObjects, finish, fail],
    ...rounds.flatMap((round) => [epoch(round), plan(round)]),
    ...rounds.flatMap((round) => rounds.flatMap((number) => rounds.map((leg) => lane(round, number, leg)))),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});
