import type { Pool, PoolClient } from "pg";
import type { EventBody, FunctionConfig } from "../protocol";

/** A run that is under way, with its row locked by the transaction that read it. */
export interface LockedRun {
  id: string;
  functionId: string;
  events: EventBody[];
  parentRunId: string | null;
  parentStepId: string | null;
  stepCount: number;
  pending: string[];
  requestVersion: number;
  isLimited: boolean;
}

/** Null when the run has ended. Whoever changes anything of a run holds this lock, before any other of its rows. */
export async function lockRun(client: PoolClient, runId: string): Promise<LockedRun | null> {
  const { rows } = await client.query<Omit<LockedRun, "events"> & { events: string }>(
    `select id, function_id as "functionId", events, parent_run_id as "parentRunId",
            parent_step_id as "parentStepId", step_count as "stepCount", pending,
            request_version as "requestVersion", slot_keys <> '{}' as "isLimited"
       from ferry_runner.run
      where id = $1 and status = 'running'
        for update`,
    [runId],
  );
  return rows[0] ? { ...rows[0], events: JSON.parse(rows[0].events) as EventBody[] } : null;
}

/** Everything a call of the app needs, of one moment. */
export interface RunState {
  config: FunctionConfig;
  events: EventBody[];
  stateBytes: number;
  requestVersion: number;
  planOnly: boolean;
  pending: string[];
  steps: { id: string; memo: string }[];
}

interface RunStateRow {
  config: string;
  events: string;
  state_bytes: string;
  request_version: number;
  plan_only: boolean;
  pending: string[];
  step_id: string | null;
  memo: string | null;
}

/** The run, then its steps in their order. One statement, so that both are of the same moment. */
const RUN_STATE = `
  select -1 as position, function.config, run.events, run.state_bytes, run.request_version, run.plan_only, run.pending,
         null as step_id, null as memo
    from ferry_runner.run join ferry_runner.function on function.id = run.function_id
   where run.id = $1 and run.status = 'running'
   union all
  select position, null, null, null, null, null, null, id, memo
    from ferry_runner.step
   where run_id = $1
   order by position`;

export async function readRun(pool: Pool, runId: string): Promise<RunState | null> {
  const { rows } = await pool.query<RunStateRow>(RUN_STATE, [runId]);
  const [run, ...steps] = rows;
  if (!run || run.step_id !== null) return null;
  return {
    config: JSON.parse(run.config) as FunctionConfig,
    events: JSON.parse(run.events) as EventBody[],
    stateBytes: Number(run.state_bytes),
    requestVersion: run.request_version,
    planOnly: run.plan_only,
    pending: run.pending,
    steps: steps.map(({ step_id, memo }) => ({ id: step_id ?? "", memo: memo ?? "" })),
  };
}
