import type { Pool } from "pg";
import { type App, callFunction } from "./app";
import { callBody } from "./call-body";
import { loadExpressions } from "./expressions";
import { maxAttemptsOf } from "./protocol";
import { recordCall, recordWake } from "./record";
import { type ClaimedJob, dropJob } from "./store/jobs";
import { type RunState, readRun } from "./store/runs";
import type { Limits } from "./tuning";
import { decide, stepLimitError, type Verdict } from "./verdict";

export interface Execution {
  pool: Pool;
  app: App;
  /** Aborted when the job is not ours any more, or the runner stops. */
  signal: AbortSignal;
  /** Tries a piece of database work until the database lets it through. */
  persist: <T>(work: () => Promise<T>) => Promise<T>;
  onUnreachable: () => void;
}

export async function execute(job: ClaimedJob, execution: Execution): Promise<void> {
  const { pool, persist } = execution;
  if (job.kind === "wake") return persist(() => recordWake(pool, job));
  const run = await persist(() => readRun(pool, job.runId));
  if (!run || run.steps.some(({ id }) => id === job.stepId)) return persist(() => dropJob(pool, job));
  const { tuning } = execution.app;
  const maxAttempts = maxAttemptsOf(run.config, tuning.limits.retries);
  const verdict = await callAndDecide(job, run, maxAttempts, execution);
  if (execution.signal.aborted) return;
  if (verdict.kind === "wait_for_app") execution.onUnreachable();
  await persist(() => recordCall(job, verdict, { pool, tuning, maxAttempts }));
}

async function callAndDecide(
  job: ClaimedJob,
  run: RunState,
  maxAttempts: number,
  { app, signal }: Execution,
): Promise<Verdict> {
  const { limits } = app.tuning;
  if (run.steps.length >= limits.steps) {
    return { kind: "finish", outcome: { status: "failed", error: stepLimitError(limits) } };
  }
  const answer = await callFunction(app, {
    functionId: run.config.id,
    stepId: job.stepId,
    runId: job.runId,
    body: bodyFor(job, run, maxAttempts, limits),
    signal,
  });
  if (answer.kind === "operations" && answer.operations.some(({ opts }) => typeof opts?.if === "string"))
    await loadExpressions();
  const runBytes = run.stateBytes;
  return decide(answer, { attempt: job.attempt, maxAttempts, runBytes, nowMs: Date.now(), limits });
}

function bodyFor(job: ClaimedJob, run: RunState, maxAttempts: number, limits: Limits): string {
  const body = (useApi: boolean) =>
    callBody({
      runId: job.runId,
      events: run.events,
      attempt: job.attempt,
      maxAttempts,
      requestVersion: run.requestVersion,
      planOnly: run.planOnly,
      steps: run.steps,
      useApi,
    });
  // While other steps are under way, one may be recorded before the app has fetched them: it would wait
  // for a step that its stack does not have. Then the state travels in the request, however large.
  const mayFetch = job.stepId !== null || run.pending.length === 0;
  if (!mayFetch) return body(false);
  if (run.stateBytes > limits.inlineRequestBytes) return body(true);
  const inline = body(false);
  return Buffer.byteLength(inline) > limits.inlineRequestBytes ? body(true) : inline;
}
