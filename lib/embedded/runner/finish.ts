import type { PoolClient } from "pg";
import { ulid } from "ulid";
import type { EventBody } from "./protocol";
import { continueRun, recordStep } from "./record-step";
import { addEvents } from "./store/events";
import { type LockedRun, lockRun } from "./store/runs";
import { CANCELLED, FAILED, FINISHED } from "./triggers";
import type { Outcome } from "./verdict";

/** Ends a run for good: nothing of it will be called again, whoever invoked it goes on, events tell the rest. */
export async function finishRun(client: PoolClient, run: LockedRun, outcome: Outcome): Promise<void> {
  await client.query(
    `with done_jobs as (delete from ferry_runner.job where run_id = $1),
          ended_waits as (delete from ferry_runner.wait where run_id = $1)
     update ferry_runner.run
        set status = $2, result = $3, ended_at = clock_timestamp(), pending = '{}'
      where id = $1`,
    [run.id, outcome.status, JSON.stringify(resultOf(outcome))],
  );
  const events = endEvents(run, outcome, Date.now());
  await tellParent(client, run, outcome, events[0]);
  await addEvents(
    client,
    events.map((body) => ({ internalId: body.id, body })),
  );
}

function resultOf(outcome: Outcome): unknown {
  if (outcome.status === "completed") return outcome.result ?? null;
  return outcome.status === "failed" ? outcome.error : null;
}

/**
 * The events that `onFailure` and others listen to; the first says that the run has ended, however it did.
 * A run that such an event started sends none itself.
 */
function endEvents(run: LockedRun, outcome: Outcome, nowMs: number): EventBody[] {
  const event = run.events[0];
  if (!event || event.name === FAILED || event.name === FINISHED) return [];
  const data = {
    function_id: run.functionId,
    run_id: run.id,
    event,
    events: run.events,
    ...(outcome.status === "completed" && { result: outcome.result ?? null }),
    ...(outcome.status === "failed" && { error: outcome.error }),
    ...(run.parentRunId !== null && { correlation_id: `${run.parentRunId}.${run.parentStepId}` }),
    _inngest: { status: outcome.status.charAt(0).toUpperCase() + outcome.status.slice(1) },
  };
  const names = [FINISHED];
  if (outcome.status === "failed") names.push(FAILED);
  if (outcome.status === "cancelled") names.push(CANCELLED);
  return names.map((name) => ({ user: {}, id: ulid(nowMs), name, data, ts: nowMs }));
}

/** Locks go from the invoked run to the one that invoked it, never back. */
async function tellParent(
  client: PoolClient,
  run: LockedRun,
  outcome: Outcome,
  ended: EventBody | undefined,
): Promise<void> {
  if (run.parentRunId === null || run.parentStepId === null) return;
  const parent = await lockRun(client, run.parentRunId);
  if (!parent?.pending.includes(run.parentStepId)) return;
  const { rows } = await client.query<{ op: string; name: string | null; is_race: boolean }>(
    "select op, name, is_race from ferry_runner.job where run_id = $1 and step_id = $2",
    [parent.id, run.parentStepId],
  );
  const { op = "InvokeFunction", name = null, is_race = false } = rows[0] ?? {};
  const memo = JSON.stringify(memoOf(outcome, ended));
  await recordStep(client, parent, { id: run.parentStepId, op, name, memo, attempts: 1, startedAt: null });
  await continueRun(client, parent, is_race);
}

/** A step that invoked a run which was cancelled does not throw: on Inngest its result is the event that says so. */
function memoOf(outcome: Outcome, ended: EventBody | undefined): unknown {
  switch (outcome.status) {
    case "completed":
      return { data: outcome.result ?? null };
    case "failed":
      return { error: outcome.error };
    case "cancelled":
      return { data: ended ?? null };
  }
}
