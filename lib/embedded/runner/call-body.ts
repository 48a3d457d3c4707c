import canonicalize from "canonicalize";
import type { EventBody } from "./protocol";

export interface CallInput {
  runId: string;
  events: EventBody[];
  attempt: number;
  maxAttempts: number;
  requestVersion: number;
  /** The function must report new steps instead of running them: others of its run are under way. */
  planOnly: boolean;
  /** Recorded steps with their stored JSON, in the order they were recorded. */
  steps: { id: string; memo: string }[];
  /** The app fetches the steps by itself. */
  useApi: boolean;
}

/**
 * The request that continues a function, in canonical form, which is what gets signed.
 * Without `ctx.fn_id` the SDK does not checkpoint: every step result passes through an answer.
 */
export function callBody(input: CallInput): string {
  const stack = input.steps.map(({ id }) => id);
  const body = canonicalize({
    version: input.requestVersion,
    event: input.events[0],
    events: input.useApi ? [] : input.events,
    steps: input.useApi ? {} : memosOf(input.steps),
    defers: {},
    use_api: input.useApi,
    ctx: {
      run_id: input.runId,
      env: "",
      step_id: "step",
      attempt: input.attempt,
      max_attempts: input.maxAttempts,
      disable_immediate_execution: input.planOnly,
      use_api: input.useApi,
      stack: { stack, current: stack.length },
    },
  });
  if (body === undefined) throw new Error("a call has no JSON form");
  return body;
}

/** Every memoised id must also be in the stack, or the SDK waits for ever. */
export function memosOf(steps: { id: string; memo: string }[]): Record<string, unknown> {
  return Object.fromEntries(
    steps.map(({ id, memo }) => {
      const value = JSON.parse(memo) as Record<string, unknown>;
      return [id, { type: "error" in value ? "error" : "data", ...value }];
    }),
  );
}
