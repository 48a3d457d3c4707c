import type { Pool, PoolClient } from "pg";
import type { Due } from "../duration";
import { admit, type Slot } from "../slots";
import { inTransaction } from "./transaction";

/** A job that this runner holds the lease of. */
export interface ClaimedJob {
  id: string;
  runId: string;
  kind: "call" | "wake";
  stepId: string | null;
  name: string | null;
  isRace: boolean;
  attempt: number;
  leaseId: string;
  claimedAt: Date;
}

export interface NewJob {
  id: string;
  runId: string;
  kind: "call" | "wake";
  stepId?: string;
  op?: string;
  name?: string | null;
  wakeMemo?: string;
  isLimited?: boolean;
  isRace?: boolean;
  due?: Due;
}

/** A job that exists already stays as it is, and the answer is false: two races may report the same step. */
export async function addJob(client: PoolClient, job: NewJob): Promise<boolean> {
  const due = job.due ?? { inMs: 0 };
  const { rowCount } = await client.query(
    `insert into ferry_runner.job (id, run_id, kind, step_id, op, name, wake_memo, is_limited, is_race, run_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce($10::timestamptz, clock_timestamp() + $11 * interval '1 ms'))
     on conflict (id) do nothing`,
    [
      job.id,
      job.runId,
      job.kind,
      job.stepId ?? null,
      job.op ?? null,
      job.name ?? null,
      job.wakeMemo ?? null,
      job.isLimited ?? false,
      job.isRace ?? false,
      "at" in due ? due.at : null,
      "inMs" in due ? due.inMs : 0,
    ],
  );
  return rowCount === 1;
}

export interface Claim {
  free: number;
  leaseMs: number;
  runnerId: string;
  /** Jobs this process still works on though their lease ran out, as when the database was away. */
  inHand: string[];
}

const AS_CLAIMED = `
  job.id, job.run_id as "runId", job.kind, job.step_id as "stepId", job.name, job.is_race as "isRace",
  job.attempt, job.lease_id as "leaseId", job.claimed_at as "claimedAt"`;

/** Takes due jobs that need no slot and that no living runner holds, oldest first. */
export async function claimUnlimited(pool: Pool, { free, leaseMs, runnerId, inHand }: Claim): Promise<ClaimedJob[]> {
  const { rows } = await pool.query<ClaimedJob>(
    `update ferry_runner.job
        set lease_id = gen_random_uuid(), lease_until = now() + $2 * interval '1 ms', runner_id = $3,
            claimed_at = now()
      where id in (
              select id from ferry_runner.job
               where run_at <= now()
                 and (lease_until is null or lease_until <= now())
                 and not is_limited
                 and not id = any($4)
               order by run_at, id
               limit $1
                 for update skip locked
            )
  returning ${AS_CLAIMED}`,
    [free, leaseMs, runnerId, inHand],
  );
  return rows;
}

interface CandidateRow {
  id: string;
  slot_keys: string[];
  slot_limits: number[];
  slot_held: number[];
}

/**
 * Due calls that need slots, without those whose slots are all taken by calls under way. What is nobody's child goes by
 * its age, so that what began first ends first; children take turns, for they may be long.
 */
const CANDIDATES = `
  with held as (
    select slot.key, count(*)::int as calls
      from ferry_runner.job
      join ferry_runner.run on run.id = job.run_id
     cross join lateral unnest(run.slot_keys) as slot (key)
     where job.is_limited and job.lease_until > now()
     group by slot.key
  )
  select job.id, slots.keys as slot_keys, slots.limits as slot_limits, slots.held as slot_held
    from ferry_runner.job
    join ferry_runner.run on run.id = job.run_id
   cross join lateral (
          select array_agg(slot.key) as keys,
                 array_agg(slot.max) as limits,
                 array_agg(coalesce(held.calls, 0)) as held,
                 coalesce(bool_or(held.calls >= slot.max), false) as are_full
            from unnest(run.slot_keys, run.slot_limits) as slot (key, max)
            left join held on held.key = slot.key
        ) as slots
   where job.run_at <= now()
     and (job.lease_until is null or job.lease_until <= now())
     and job.is_limited
     and not job.id = any($2)
     and not slots.are_full
   order by case when run.parent_run_id is null then run.created_at else job.run_at end, job.run_at, job.id
   limit $1
     for update of job skip locked`;

/** Such claims are made one after the other, so that counting calls under way and adding one is one thing. */
export async function claimLimited(pool: Pool, { free, leaseMs, runnerId, inHand }: Claim): Promise<ClaimedJob[]> {
  return inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtext('ferry_runner.claim'))");
    const { rows } = await client.query<CandidateRow>(CANDIDATES, [free, inHand]);
    const ids = admit(
      rows.map((row) => ({ id: row.id, slots: slotsOf(row) })),
      free,
    );
    if (ids.length === 0) return [];
    const taken = await client.query<ClaimedJob>(
      `update ferry_runner.job
          set lease_id = gen_random_uuid(), lease_until = now() + $2 * interval '1 ms', runner_id = $3,
              claimed_at = now()
        where id = any($1)
    returning ${AS_CLAIMED}`,
      [ids, leaseMs, runnerId],
    );
    return taken.rows;
  });
}

function slotsOf(row: CandidateRow): (Slot & { held: number })[] {
  return row.slot_keys.map((key, index) => ({
    key,
    limit: row.slot_limits[index] ?? 1,
    held: row.slot_held[index] ?? 0,
  }));
}

/** Gives up a job that leads nowhere, unless somebody else holds it by now. */
export async function dropJob(pool: Pool, job: ClaimedJob): Promise<void> {
  await pool.query("delete from ferry_runner.job where id = $1 and lease_id = $2", [job.id, job.leaseId]);
}

/**
 * Keeps leases alive and says which of them are still ours; an expired one nobody took is ours again. A row
 * that is locked is being taken away or recorded this moment, and waiting for it could end in a deadlock.
 */
export async function renewLeases(pool: Pool, leaseIds: string[], leaseMs: number): Promise<Set<string>> {
  const { rows } = await pool.query<{ lease_id: string }>(
    `update ferry_runner.job
        set lease_until = now() + $2 * interval '1 ms'
      where id in (select id from ferry_runner.job where lease_id = any($1::uuid[]) for update skip locked)
  returning lease_id`,
    [leaseIds, leaseMs],
  );
  return new Set(rows.map((row) => row.lease_id));
}

/** The app answers again: what waited for it goes on now. */
export async function retryUnreachable(pool: Pool): Promise<void> {
  await pool.query(
    `update ferry_runner.job set run_at = now()
      where unreachable_since is not null and run_at > now() and (lease_until is null or lease_until <= now())`,
  );
}

export interface Outlook {
  hasUnlimited: boolean;
  /** Calls are due that need slots, which may be taken. */
  hasLimited: boolean;
  hasEvents: boolean;
  nextInMs: number | null;
}

/** One cheap look at what else there is to do, and when there will be more. */
export async function lookAhead(pool: Pool): Promise<Outlook> {
  const { rows } = await pool.query<Outlook>(
    `select exists (
              select from ferry_runner.job
               where run_at <= now() and (lease_until is null or lease_until <= now()) and not is_limited
            ) as "hasUnlimited",
            exists (
              select from ferry_runner.job
               where run_at <= now() and (lease_until is null or lease_until <= now()) and is_limited
            ) as "hasLimited",
            exists (
              select from ferry_runner.event
               where delivered_at is null and (lease_until is null or lease_until <= now())
            ) as "hasEvents",
            (
              select ceil(extract(epoch from min(run_at) - clock_timestamp()) * 1000)::float8
                from ferry_runner.job
               where run_at > now()
            ) as "nextInMs"`,
  );
  return rows[0] ?? { hasUnlimited: false, hasLimited: false, hasEvents: false, nextInMs: null };
}
