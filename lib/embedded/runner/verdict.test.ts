import { beforeAll, describe, expect, test } from "vitest";
import type { Answer } from "./answer";
import { loadExpressions } from "./expressions";
import type { Operation } from "./protocol";
import { CLOUD_LIMITS } from "./tuning";
import { type CallState, decide, memoText } from "./verdict";

beforeAll(loadExpressions);

const state: CallState = { attempt: 0, maxAttempts: 3, runBytes: 0, nowMs: Date.UTC(2030, 0, 1), limits: CLOUD_LIMITS };
const lastAttempt = { ...state, attempt: 2 };

const operations = (...list: Operation[]): Answer => ({
  kind: "operations",
  operations: list,
  requestVersion: 2,
  final: false,
  retryAfter: null,
});
const failed: Answer = { kind: "error", error: { name: "Error", message: "no" }, final: false, retryAfter: "3" };
const stepError = operations({ op: "StepError", id: "x", error: { name: "E", message: "no" } });

describe("decide", () => {
  test.each<[string, Answer, CallState, object]>([
    ["no app", { kind: "unreachable", reason: "ECONNREFUSED" }, state, { kind: "wait_for_app" }],
    ["a result", { kind: "result", result: 1 }, state, { outcome: { status: "completed", result: 1 } }],
    ["an error with attempts left", failed, state, { kind: "retry", retryAfter: "3" }],
    ["an error at the last attempt", failed, lastAttempt, { kind: "finish", outcome: { status: "failed" } }],
    ["a final error", { ...failed, final: true }, state, { kind: "finish", outcome: { status: "failed" } }],
    ["a step's error with attempts left", stepError, state, { kind: "retry", error: { message: "no" } }],
    ["a step's error at the last attempt", stepError, lastAttempt, { kind: "advance" }],
    ["a step's final error", { ...stepError, final: true } as Answer, state, { kind: "advance" }],
    ["a step's failure", operations({ op: "StepFailed", id: "x", error: {} }), state, { kind: "advance" }],
    ["the end, said as an operation", operations({ op: "RunComplete", id: "c", data: 7 }), state, { kind: "finish" }],
    ["an unknown operation", operations({ op: "Gateway", id: "x" }), state, { outcome: { status: "failed" } }],
    ["a sleep", operations({ op: "Sleep", id: "x", name: "1d" }), state, { kind: "advance" }],
    [
      "a sleep of two years",
      operations({ op: "Sleep", id: "x", name: "104w" }),
      state,
      { outcome: { status: "failed" } },
    ],
    [
      "a sleep for nonsense",
      operations({ op: "Sleep", id: "x", name: "soon" }),
      state,
      { outcome: { status: "failed" } },
    ],
    [
      "a wait with a broken condition",
      operations({ op: "WaitForEvent", id: "x", name: "e", opts: { timeout: "1h", if: "a ==" } }),
      state,
      { outcome: { status: "failed", error: { name: "InvalidExpression" } } },
    ],
  ])("%s", (_, answer, at, expected) => expect(decide(answer, at)).toMatchObject(expected));

  const stepOf = (bytes: number) => operations({ op: "StepRun", id: "x", data: "x".repeat(bytes - 11) });

  test("a step result of exactly the limit passes, one byte more does not", () => {
    const { stepBytes } = CLOUD_LIMITS;
    expect(decide(stepOf(stepBytes), state)).toMatchObject({ kind: "advance" });
    expect(decide(stepOf(stepBytes + 1), state)).toMatchObject({ kind: "retry" });
    expect(decide(stepOf(stepBytes + 1), lastAttempt)).toMatchObject({ kind: "finish" });
  });

  test("a run's state of exactly the limit passes, one byte more does not", () => {
    const runBytes = CLOUD_LIMITS.runBytes - 1_000;
    expect(decide(stepOf(1_000), { ...state, runBytes })).toMatchObject({ kind: "advance" });
    expect(decide(stepOf(1_001), { ...state, runBytes })).toMatchObject({
      outcome: { status: "failed", error: { name: "InngestErrStateOverflowed" } },
    });
  });

  test("more steps at once than a run may have fail it", () => {
    const many = (count: number) =>
      operations(...Array.from({ length: count }, (_, index) => ({ op: "StepPlanned", id: String(index) })));
    expect(decide(many(1_000), state)).toMatchObject({ kind: "advance" });
    expect(decide(many(1_001), state)).toMatchObject({
      outcome: { error: { name: "InngestErrFunctionOverflowed" } },
    });
  });
});

test.each<[Operation, string | null]>([
  [{ op: "StepRun", id: "x", data: { a: 1 } }, '{"data":{"a":1}}'],
  [{ op: "StepRun", id: "x" }, '{"data":null}'],
  [
    { op: "StepFailed", id: "x", error: { name: "E", message: "m", code: 7 } },
    '{"error":{"code":7,"name":"E","message":"m"}}',
  ],
  [{ op: "StepPlanned", id: "x" }, null],
])("memoText of %j", (operation, expected) => expect(memoText(operation)).toBe(expected));
