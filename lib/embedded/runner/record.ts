import type { Pool, PoolClient } from "pg";
import { advance } from "./advance";
import { nthDelay, retryAfterMs } from "./duration";
import { finishRun } from "./finish";
import type { RunError } from "./protocol";
import { continueRun, recordStep } from "./record-step";
import type { ClaimedJob } from "./store/jobs";
import { type LockedRun, lockRun } from "./store/runs";
import { inTransaction } from "./store/transaction";
import type { Tuning } from "./tuning";
import type { Verdict } from "./verdict";

export interface Recording {
  pool: Pool;
  tuning: Tuning;
  maxAttempts: number;
}

/** Writes down what a call came to. Nothing happens when the run has ended or the lease went to another runner. */
export async function recordCall(job: ClaimedJob, verdict: Verdict, recording: Recording): Promise<void> {
  await withRun(recording.pool, job, async (client, run) => {
    switch (verdict.kind) {
      case "wait_for_app":
        return waitForApp(client, run, job, verdict.reason, recording);
      case "retry":
        return retry(client, job, verdict, recording.tuning);
      case "finish":
        if (await takeOut(client, job)) await finishRun(client, run, verdict.outcome);
        return;
      case "advance": {
        if (!(await takeOut(client, job))) return;
        if (await advance(client, run, job, verdict.operations, verdict.requestVersion)) return;
        const message = "The function neither ended nor named a step to run.";
        return finishRun(client, run, { status: "failed", error: { name: "Error", message } });
      }
    }
  });
}

/** Ends a run that this runner cannot carry on. */
export async function failRun(pool: Pool, job: ClaimedJob, error: RunError): Promise<void> {
  await withRun(pool, job, async (client, run) => {
    if (await takeOut(client, job)) await finishRun(client, run, { status: "failed", error });
  });
}

/** A sleep is over, or what a step waited for did not come in time. */
export async function recordWake(pool: Pool, job: ClaimedJob): Promise<void> {
  await withRun(pool, job, async (client, run) => {
    const wake = await takeOut(client, job);
    if (!wake || job.stepId === null) return;
    const { op, memo, createdAt: startedAt } = wake;
    await recordStep(client, run, { id: job.stepId, op, name: job.name, memo, attempts: 1, startedAt });
    await continueRun(client, run, job.isRace);
  });
}

async function withRun(
  pool: Pool,
  job: ClaimedJob,
  work: (client: PoolClient, run: LockedRun) => Promise<void>,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const run = await lockRun(client, job.runId);
    if (run) await work(client, run);
  });
}

/** Removes a job that is done; null when it is not ours any more, and then its answer is not wanted. */
async function takeOut(
  client: PoolClient,
  job: ClaimedJob,
): Promise<{ op: string; memo: string; createdAt: Date } | null> {
  const { rows } = await client.query<{ op: string; memo: string; createdAt: Date }>(
    `delete from ferry_runner.job where id = $1 and lease_id = $2
     returning op, wake_memo as memo, created_at as "createdAt"`,
    [job.id, job.leaseId],
  );
  return rows[0] ?? null;
}

async function retry(
  client: PoolClient,
  job: ClaimedJob,
  { error, retryAfter }: { error: RunError; retryAfter: string | null },
  tuning: Tuning,
): Promise<void> {
  const asked = retryAfter === null ? null : retryAfterMs(retryAfter, Date.now());
  const delayMs = asked ?? nthDelay(tuning.retryDelaysMs, job.attempt) + Math.random() * tuning.retryJitterMs;
  await client.query(
    `update ferry_runner.job
        set attempt = attempt + 1, run_at = clock_timestamp() + $2 * interval '1 ms', last_error = $3,
            lease_id = null, lease_until = null, unreachable_since = null, unreachable_count = 0
      where id = $1 and lease_id = $4`,
    [job.id, delayMs, JSON.stringify(error), job.leaseId],
  );
}

/** The app may be starting, or was killed in the middle of a step: that is not the function's failure, for a while. */
async function waitForApp(
  client: PoolClient,
  run: LockedRun,
  job: ClaimedJob,
  reason: string,
  { tuning, maxAttempts }: Recording,
): Promise<void> {
  const { rows } = await client.query<{ count: number; isLongAgo: boolean }>(
    `select unreachable_count as count,
            coalesce(unreachable_since < now() - $2 * interval '1 ms', false) as "isLongAgo"
       from ferry_runner.job where id = $1 and lease_id = $3`,
    [job.id, tuning.unreachablePatienceMs, job.leaseId],
  );
  if (!rows[0]) return;
  const { count, isLongAgo } = rows[0];
  const error: RunError = { name: "Error", message: `The app could not be reached: ${reason}` };
  if (isLongAgo && job.attempt + 1 >= maxAttempts) return finishRun(client, run, { status: "failed", error });
  if (isLongAgo) return retry(client, job, { error, retryAfter: null }, tuning);
  await client.query(
    `update ferry_runner.job
        set run_at = clock_timestamp() + $2 * interval '1 ms', last_error = $3, lease_id = null, lease_until = null,
            unreachable_since = coalesce(unreachable_since, now()), unreachable_count = unreachable_count + 1
      where id = $1`,
    [job.id, nthDelay(tuning.unreachableDelaysMs, count), JSON.stringify(error)],
  );
}
