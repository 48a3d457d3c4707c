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
  /** Leaves out runs that another one started. */
  rootsOnly?: boolean;
  /** Runs older than this one; their ids sort by time. */
  before?: string;
  limit?: number;
}

/** Newest first. */
export async function listRuns(pool: Pool, filter: RunFilter = {}): Promise<RunSummary[]> {
  const { status, functionId, before, rootsOnly = false, limit = 50 } = filter;
  const { rows } = await pool.query<SummaryRow>(
    `${SUMMARY}
      where ($1::text is null or run.status = $1)
        and ($2::text is null or run.function_id = $2)
        and ($3::text is null or run.id < $3)
        and (run.parent_run_id is null or not $4)
      order by run.id desc
      limit $5`,
    [status ?? null, functionId ?? null, before ?? null, rootsOnly, limit],
  );
  return rows.map(summaryOf);
}

/** The newest runs that each of these has started, newest first. */
export async function childRuns(pool: Pool, parentIds: string[], limitPerParent: number): Promise<RunSummary[]> {
  const { rows } = await pool.query<SummaryRow>(
    `${SUMMARY}
       join (select id, row_number() over (partition by parent_run_id order by id desc) as place
               from ferry_runner.run
              where parent_run_id = any($1)) child on child.id = run.id and child.place <= $2
      order by run.id desc`,
    [parentIds, limitPerParent],
  );
  return rows.map(summaryOf);
}

/** How many runs each of these has started. */
export async function childCounts(pool: Pool, parentIds: string[]): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ id: string; count: number }>(
    `select parent_run_id as id, count(*)::int as count
       from ferry_runner.run
      where parent_run_id = any($1)
      group by parent_run_id`,
    [parentIds],
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Every function that was ever registered: its runs may still be listed. */
export async function functionIds(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>("select id from ferry_runner.function order by id");
  return rows.map(({ id }) => id);
}

export async function runSummary(pool: Pool, runId: string): Promise<RunSummary | null> {
  const row = await summaryRow(pool, runId);
  return row && summaryOf(row);
}

export async function runDetail(pool: Pool, runId: string): Promise<RunDetail | null> {
  const row = await summaryRow(pool, runId);
  if (!row) return null;
  const steps = await pool.query<StepSummary>(STEPS, [runId]);
  return { ...summaryOf(row), events: JSON.parse(row.events), result: parsed(row.result), steps: steps.rows };
}

async function summaryRow(pool: Pool, runId: string): Promise<SummaryRow | null> {
  const { rows } = await pool.query<SummaryRow>(`${SUMMARY} where run.id = $1`, [runId]);
  return rows[0] ?? null;
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

/** JSON as it is kept, in columns of text. */
export const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
