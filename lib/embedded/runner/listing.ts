import type { Pool } from "pg";

export type RunStatus = "running" | "completed" | "failed" | "cancelled";

export interface RunSummary {
  id: string;
  functionId: string;
  status: RunStatus;
  eventName: string;
  stepCount: number;
  /** How many calls of the app are under way now. */
  activeCalls: number;
  parentRunId: string | null;
  createdAt: Date;
  endedAt: Date | null;
}

export interface StepSummary {
  id: string;
  op: string;
  name: string | null;
  state: "recorded" | "failed" | "running" | "retrying" | "waiting";
  attempts: number;
  /** The result or the error, as JSON. */
  memo: string | null;
  lastError: string | null;
  startedAt: Date | null;
  endedAt: Date | null;
  /** When a retry, a sleep or a wait is due. */
  dueAt: Date | null;
}

export interface RunDetail extends RunSummary {
  events: unknown[];
  result: unknown;
  steps: StepSummary[];
}

const SUMMARY = `
  select run.id, run.function_id as "functionId", run.status, run.events, run.result,
         run.step_count as "stepCount", run.parent_run_id as "parentRunId",
         run.created_at as "createdAt", run.ended_at as "endedAt",
         (
           select count(*)::int from ferry_runner.job
            where job.run_id = run.id and job.kind = 'call' and job.lease_until > now()
         ) as "activeCalls"
    from ferry_runner.run`;

interface SummaryRow extends Omit<RunSummary, "eventName"> {
  events: string;
  result: string | null;
}

export interface RunFilter {
  status?: RunStatus;
  functionId?: string;
  /** Runs older than this one; their ids sort by time. */
  before?: string;
  limit?: number;
}

/** Newest first. */
export async function listRuns(pool: Pool, filter: RunFilter = {}): Promise<RunSummary[]> {
  const { rows } = await pool.query<SummaryRow>(
    `${SUMMARY}
      where ($1::text is null or run.status = $1)
        and ($2::text is null or run.function_id = $2)
        and ($3::text is null or run.id < $3)
      order by run.id desc
      limit $4`,
    [filter.status ?? null, filter.functionId ?? null, filter.before ?? null, filter.limit ?? 50],
  );
  return rows.map(summaryOf);
}

export async function runDetail(pool: Pool, runId: string): Promise<RunDetail | null> {
  const { rows } = await pool.query<SummaryRow>(`${SUMMARY} where run.id = $1`, [runId]);
  const [row] = rows;
  if (!row) return null;
  const steps = await pool.query<StepSummary>(STEPS, [runId]);
  return { ...summaryOf(row), events: JSON.parse(row.events), result: parsed(row.result), steps: steps.rows };
}

/** Recorded steps in their order, then what is under way. */
const STEPS = `
  select step.id, step.op, step.name,
         case when step.memo like '{"error"%' then 'failed' else 'recorded' end as state,
         step.attempts, step.memo, null as "lastError",
         step.started_at as "startedAt", step.recorded_at as "endedAt", null::timestamptz as "dueAt",
         step.position
    from ferry_runner.step
   where step.run_id = $1
   union all
  select coalesce(job.step_id, ''), coalesce(job.op, 'Call'), job.name,
         case when job.kind = 'wake' then 'waiting'
              when job.lease_until > now() then 'running'
              when job.attempt > 0 or job.unreachable_since is not null then 'retrying'
              else 'waiting'
         end,
         job.attempt + 1, null, job.last_error, job.claimed_at, null, job.run_at, 1000000
    from ferry_runner.job
   where job.run_id = $1
   order by position, "dueAt"`;

function summaryOf({ events, result, ...row }: SummaryRow): RunSummary {
  const [event] = JSON.parse(events) as { name: string }[];
  return { ...row, eventName: event?.name ?? "" };
}

/** A run in the words of Inngest's own API. */
export async function runForApi(pool: Pool, runId: string): Promise<Record<string, unknown> | null> {
  const { rows } = await pool.query<ApiRow>(`${API_RUN} where run.id = $1`, [runId]);
  return rows[0] ? apiRun(rows[0]) : null;
}

export async function eventRuns(pool: Pool, eventId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await pool.query<ApiRow>(`${API_RUN} where run.event_id = $1 order by run.id`, [eventId]);
  return rows.map(apiRun);
}

interface ApiRow {
  id: string;
  function_id: string;
  event_id: string;
  status: RunStatus;
  result: string | null;
  created_at: Date;
  ended_at: Date | null;
}

const API_RUN = "select id, function_id, event_id, status, result, created_at, ended_at from ferry_runner.run";

function apiRun(row: ApiRow): Record<string, unknown> {
  return {
    run_id: row.id,
    run_started_at: row.created_at,
    function_id: row.function_id,
    event_id: row.event_id,
    status: row.status.charAt(0).toUpperCase() + row.status.slice(1),
    ended_at: row.ended_at,
    output: parsed(row.result),
  };
}

const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
