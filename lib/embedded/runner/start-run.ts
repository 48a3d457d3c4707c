import type { PoolClient } from "pg";
import { ulid } from "ulid";
import { parseDue } from "./duration";
import { computed, loadExpressions, startsByExpression } from "./expressions";
import type { EventBody, FunctionConfig } from "./protocol";
import { keyText, slotsFor } from "./slots";
import { addJob } from "./store/jobs";

export interface TriggeringEvent {
  /** Ours; the body's own id is the sender's where it gave one. */
  internalId: string;
  body: EventBody;
}

/**
 * Starts a run, unless this event, another with its id, or the function's idempotency value started one
 * before. The run's id is returned, or null.
 */
export async function startRun(
  client: PoolClient,
  config: FunctionConfig,
  event: TriggeringEvent,
  parent: { runId: string; stepId: string } | null = null,
): Promise<string | null> {
  const { body, internalId } = event;
  if (startsByExpression(config)) await loadExpressions();
  if (body.id !== internalId && !(await claimKey(client, config.id, `event ${body.id}`))) return null;
  if (config.idempotency) {
    const value = computed(config.idempotency, { event: body });
    if (value !== false && !(await claimKey(client, config.id, `value ${keyText(value)}`))) return null;
  }
  const id = ulid();
  const events = JSON.stringify([body]);
  const slots = slotsFor(config, body);
  const { rowCount } = await client.query(
    `insert into ferry_runner.run (id, function_id, event_id, events, parent_run_id, parent_step_id, state_bytes,
                                   slot_keys, slot_limits)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (function_id, event_id) do nothing`,
    [
      id,
      config.id,
      internalId,
      events,
      parent?.runId ?? null,
      parent?.stepId ?? null,
      Buffer.byteLength(events),
      slots.map(({ key }) => key),
      slots.map(({ limit }) => limit),
    ],
  );
  if (rowCount !== 1) return null;
  await addCancelWaits(client, id, config);
  await addJob(client, { id: `${id}:call:0`, runId: id, kind: "call", isLimited: slots.length > 0 });
  return id;
}

const KEY_LIFE = "24 hours";

/** True for the first within a day. */
async function claimKey(client: PoolClient, functionId: string, key: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into ferry_runner.idempotency (function_id, key, expires_at)
     values ($1, $2, now() + $3::interval)
     on conflict (function_id, key) do update set expires_at = excluded.expires_at
      where idempotency.expires_at <= now()`,
    [functionId, key, KEY_LIFE],
  );
  return rowCount === 1;
}

async function addCancelWaits(client: PoolClient, runId: string, config: FunctionConfig): Promise<void> {
  for (const [index, rule] of (config.cancel ?? []).entries()) {
    const due = rule.timeout === undefined ? null : parseDue(rule.timeout);
    await client.query(
      `insert into ferry_runner.wait (run_id, id, event_name, condition, expires_at)
       values ($1, $2, $3, $4, coalesce($5::timestamptz, clock_timestamp() + $6 * interval '1 ms'))`,
      [
        runId,
        `cancel ${index}`,
        rule.event,
        rule.if ?? null,
        due && "at" in due ? due.at : null,
        due && "inMs" in due ? due.inMs : null,
      ],
    );
  }
}
