import { expect, test } from "vitest";
import { type CallFault, errorOf, Misbehaviour } from "./behaviour";

const struck = (faults: CallFault[], calls: string[]) => {
  const misbehaviour = new Misbehaviour({ calls: faults });
  return calls.map((call) => misbehaviour.ofCall(call) !== null);
};

test.each<[string, Omit<CallFault, "effect">, boolean[]]>([
  ["the first", { call: "a" }, [true, false, false, false]],
  ["the second of its kind", { call: "a", nth: 2 }, [false, false, true, false]],
  ["any call counts", { nth: 2 }, [false, true, false, false]],
  ["several in a row", { call: "a", nth: 2, times: 2 }, [false, false, true, true]],
  ["all from the second on", { nth: 2, times: Number.POSITIVE_INFINITY }, [false, true, true, true]],
])("%s", (_, fault, expected) => {
  expect(struck([{ ...fault, effect: { status: 500 } }], ["a", "b", "a", "a"])).toEqual(expected);
});

test("a change begins the counts anew", () => {
  const fault: CallFault = { call: "a", effect: { drop: "after" } };
  const misbehaviour = new Misbehaviour({ calls: [fault] });
  expect(misbehaviour.ofCall("a")).toEqual({ drop: "after" });
  expect(misbehaviour.ofCall("a")).toBeNull();
  misbehaviour.change({ calls: [fault] });
  expect(misbehaviour.ofCall("a")).toEqual({ drop: "after" });
});

test("an operation's fault is over when it is not named any more", () => {
  const misbehaviour = new Misbehaviour({ operations: [{ action: "create_branch", effect: "hang" }] });
  expect(misbehaviour.ofOperation("start_compute")).toBeNull();
  const fault = misbehaviour.ofOperation("create_branch");
  expect(fault && misbehaviour.isStill(fault)).toBe(true);
  misbehaviour.change({});
  expect(fault && misbehaviour.isStill(fault)).toBe(false);
});

test("a rate limit says when to come again, also when nobody said so", () => {
  expect(errorOf({ status: 429 })).toMatchObject({ status: 429, retryAfterSeconds: 1 });
  expect(errorOf({ status: 429, retryAfterSeconds: 7 })).toMatchObject({ retryAfterSeconds: 7 });
  expect(errorOf({ status: 500 }).retryAfterSeconds).toBeUndefined();
});
