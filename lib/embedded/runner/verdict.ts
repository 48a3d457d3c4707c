import type { Answer } from "./answer";
import { distanceMs, parseDue } from "./duration";
import { isExpression } from "./expressions";
import { type Operation, type RunError, toRunError } from "./protocol";
import type { Limits } from "./tuning";

/** How a run ended. */
export type Outcome =
  | { status: "completed"; result: unknown }
  | { status: "failed"; error: RunError }
  | { status: "cancelled" };

/** What follows from an answer. */
export type Verdict =
  | { kind: "wait_for_app"; reason: string }
  | { kind: "retry"; error: RunError; retryAfter: string | null }
  | { kind: "finish"; outcome: Outcome }
  | { kind: "advance"; operations: Operation[]; requestVersion: number };

export interface CallState {
  attempt: number;
  maxAttempts: number;
  /** Bytes of the results stored so far. */
  runBytes: number;
  nowMs: number;
  limits: Limits;
}

const KNOWN_OPERATIONS = new Set([
  "None",
  "Step",
  "StepRun",
  "StepError",
  "StepFailed",
  "StepPlanned",
  "Sleep",
  "WaitForEvent",
  "InvokeFunction",
  "RunComplete",
  "DiscoveryRequest",
]);

export function decide(answer: Answer, state: CallState): Verdict {
  const isLast = state.attempt + 1 >= state.maxAttempts;
  switch (answer.kind) {
    case "unreachable":
      return { kind: "wait_for_app", reason: answer.reason };
    case "result":
      return complete(answer.result);
    case "error":
      if (answer.final || isLast) return fail(answer.error);
      return { kind: "retry", error: answer.error, retryAfter: answer.retryAfter };
    case "operations":
      return decideOperations(answer, state, isLast);
  }
}

function decideOperations(answer: Extract<Answer, { kind: "operations" }>, state: CallState, isLast: boolean): Verdict {
  const { operations, retryAfter, requestVersion } = answer;
  const { limits } = state;
  const again = (error: RunError): Verdict => (isLast ? fail(error) : { kind: "retry", error, retryAfter });

  const failed = operations.find(({ op }) => op === "StepError");
  if (failed && !answer.final && !isLast) return again(toRunError(failed.error, "The step failed."));
  const finished = operations.find(({ op }) => op === "RunComplete");
  if (finished) return complete(finished.data ?? null);

  if (operations.length > limits.steps) return fail(stepLimitError(limits));
  const sizes = operations.map((operation) => memoBytes(operation));
  if (sizes.some((size) => size > limits.stepBytes)) {
    return again({ name: "Error", message: `step output size is greater than the limit of ${limits.stepBytes} bytes` });
  }
  if (sizes.reduce((total, size) => total + size, state.runBytes) > limits.runBytes) {
    const message = `The function run exceeded the state size limit of ${limits.runBytes} bytes.`;
    return fail({ name: "InngestErrStateOverflowed", message });
  }
  for (const operation of operations) {
    const refusal = refuse(operation, state);
    if (refusal) return fail(refusal);
  }
  return { kind: "advance", operations, requestVersion };
}

/** Why an operation can never be carried out, or null. */
function refuse({ op, name, opts }: Operation, { limits, nowMs }: CallState): RunError | null {
  if (!KNOWN_OPERATIONS.has(op)) return { name: "Error", message: `This runner does not support ${op}.` };
  const time = op === "Sleep" ? name : op === "WaitForEvent" || op === "InvokeFunction" ? opts?.timeout : null;
  if (typeof time === "string") {
    const due = parseDue(time);
    if (!due) return { name: "Error", message: `invalid duration ${JSON.stringify(time)}` };
    if (distanceMs(due, nowMs) > limits.waitMs) {
      return {
        name: "InngestErrTimeoutTooLong",
        message: `${JSON.stringify(time)} ends more than one year in the future.`,
      };
    }
  }
  if (op === "WaitForEvent" && typeof opts?.if === "string" && !isExpression(opts.if)) {
    return { name: "InvalidExpression", message: `Wait for event If expression failed to compile: ${opts.if}` };
  }
  return null;
}

export function stepLimitError(limits: Limits): RunError {
  const message = `The function run exceeded the step limit of ${limits.steps} steps.`;
  return { name: "InngestErrFunctionOverflowed", message };
}

/** What a step that ran or failed leaves behind, as it is stored; null for one that has not come to its end. */
export function memoText({ op, data, error }: Operation): string | null {
  if (op === "StepRun" || op === "Step") return JSON.stringify({ data: data ?? null });
  if (op === "StepError" || op === "StepFailed")
    return JSON.stringify({ error: toRunError(error, "The step failed.") });
  return null;
}

const memoBytes = (operation: Operation) => Buffer.byteLength(memoText(operation) ?? "");
const complete = (result: unknown): Verdict => ({ kind: "finish", outcome: { status: "completed", result } });
const fail = (error: RunError): Verdict => ({ kind: "finish", outcome: { status: "failed", error } });
