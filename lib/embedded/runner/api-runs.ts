import type { Pool } from "pg";
import { parsed, type RunStatus } from "./listing";

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
