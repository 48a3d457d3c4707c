import type { PoolClient } from "pg";
import { addJob } from "./store/jobs";
import type { LockedRun } from "./store/runs";

export interface RecordedStep {
  id: string;
  op: string;
  name: string | null;
  memo: string;
  attempts: number;
  /** When the attempt that came to this began; a step that waited began with its wait. */
  startedAt: Date | null;
}

/** From this version of the protocol on, a function is called again only when no step is under way. */
const COALESCING_VERSION = 2;

/** What waited for the step goes with it; when nothing is under way any more, the function may run steps by itself. */
const RECORD = `
  with recorded as (
    insert into ferry_runner.step (run_id, id, position, op, name, memo, attempts, started_at)
    select $1, $2, run.step_count, $3, $4, $5, $6, coalesce($7::timestamptz, (
             select min(job.created_at) from ferry_runner.job where job.run_id = $1 and job.step_id = $2
           ))
      from ferry_runner.run
     where run.id = $1
    on conflict do nothing
    returning id
  ),
  ended_waits as (
    delete from ferry_runner.wait where run_id = $1 and step_id in (select id from recorded)
  ),
  done_jobs as (
    delete from ferry_runner.job where run_id = $1 and step_id in (select id from recorded)
  )
  update ferry_runner.run
     set step_count = step_count + 1,
         state_bytes = state_bytes + octet_length($5),
         pending = array_remove(pending, $2),
         plan_only = plan_only and not (request_version >= $8 and array_remove(pending, $2) = '{}')
   where id = $1 and exists (select from recorded)
  returning step_count as "stepCount", pending`;

/** Records a step for good; false when it was recorded before. */
export async function recordStep(client: PoolClient, run: LockedRun, step: RecordedStep): Promise<boolean> {
  const { rows } = await client.query<Pick<LockedRun, "stepCount" | "pending">>(RECORD, [
    run.id,
    step.id,
    step.op,
    step.name,
    step.memo,
    step.attempts,
    step.startedAt,
    COALESCING_VERSION,
  ]);
  Object.assign(run, rows[0]);
  return rows.length === 1;
}

/** Has the function called again, once everything it waits for is recorded. */
export async function continueRun(client: PoolClient, run: LockedRun, isRace: boolean): Promise<void> {
  const waitsForMore = run.requestVersion >= COALESCING_VERSION && run.pending.length > 0 && !isRace;
  if (waitsForMore) return;
  const { id: runId, stepCount, isLimited } = run;
  await addJob(client, { id: `${runId}:call:${stepCount}`, runId, kind: "call", isLimited });
}
