import type { Pool, PoolClient } from "pg";
import type { EventBody } from "../protocol";
import type { TriggeringEvent } from "../start-run";
import { isReserved } from "../triggers";

/** Stores events to be delivered, in their order; one that is stored already stays as it is. */
export async function addEvents(client: Pool | PoolClient, events: TriggeringEvent[]): Promise<void> {
  if (events.length === 0) return;
  await client.query(
    `insert into ferry_runner.event (id, name, body)
     select id, name, body from unnest($1::text[], $2::text[], $3::text[]) with ordinality as given (id, name, body, place)
      order by place
     on conflict (id) do nothing`,
    [
      events.map(({ internalId }) => internalId),
      events.map(({ body }) => body.name),
      events.map(({ body }) => JSON.stringify(body)),
    ],
  );
}

export interface ClaimedEvent extends TriggeringEvent {
  receivedAt: string;
}

/** Takes undelivered events, oldest first, that no living runner is delivering. */
export async function claimEvents(
  pool: Pool,
  options: { limit: number; leaseMs: number; runnerId: string },
): Promise<ClaimedEvent[]> {
  const { rows } = await pool.query<{ id: string; body: string; received_at: string }>(
    `update ferry_runner.event
        set lease_until = now() + $2 * interval '1 ms', runner_id = $3
      where id in (
              select id from ferry_runner.event
               where delivered_at is null and (lease_until is null or lease_until <= now())
               order by received_at, id
               limit $1
                 for update skip locked
            )
  returning id, body, received_at::text`,
    [options.limit, options.leaseMs, options.runnerId],
  );
  return rows
    .map(({ id, body, received_at }) => ({
      internalId: id,
      body: JSON.parse(body) as EventBody,
      receivedAt: received_at,
    }))
    .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
}

/** Events of the engine's own are not kept: they repeat what the run has, results and all. */
export async function markDelivered(pool: Pool, { internalId, body }: TriggeringEvent): Promise<void> {
  const statement = isReserved(body.name)
    ? "delete from ferry_runner.event where id = $1"
    : "update ferry_runner.event set delivered_at = now() where id = $1";
  await pool.query(statement, [internalId]);
}

/** A wait that an event of its name may end. */
export interface Waiting {
  runId: string;
  id: string;
  condition: string | null;
  events: string;
}

/**
 * Waits on an event's name that were there before it, as on Inngest there is no looking back. The event
 * that started a run does not end its waits.
 */
export async function waitsFor(pool: Pool, event: ClaimedEvent): Promise<Waiting[]> {
  const { rows } = await pool.query<Waiting>(
    `select wait.run_id as "runId", wait.id, wait.condition, run.events
       from ferry_runner.wait join ferry_runner.run on run.id = wait.run_id
      where wait.event_name = $1
        and wait.created_at < $2::timestamptz
        and (wait.expires_at is null or wait.expires_at > now())
        and run.status = 'running'
        and run.event_id <> $3
      order by wait.created_at`,
    [event.body.name, event.receivedAt, event.internalId],
  );
  return rows;
}

export interface EndedWait {
  stepId: string | null;
  name: string | null;
  isRace: boolean;
}

/** Null when the wait is over already. */
export async function endWait(client: PoolClient, runId: string, id: string): Promise<EndedWait | null> {
  const { rows } = await client.query<EndedWait>(
    `delete from ferry_runner.wait where run_id = $1 and id = $2
     returning step_id as "stepId", name, is_race as "isRace"`,
    [runId, id],
  );
  return rows[0] ?? null;
}
