import type { Pool } from "pg";
import { inTransaction } from "./transaction";

/**
 * The runner's own tables, in its own schema of the metadata database. Each entry is a version; they are
 * applied in order, once. JSON is kept as text: jsonb refuses \u0000, and nothing here looks inside.
 */
const VERSIONS: readonly string[] = [
  `
  -- What the app registered. One that it no longer has stays for the runs under way.
  create table ferry_runner.function (
    id text primary key,
    config text not null,
    is_present boolean not null default true,
    registered_at timestamptz not null default now()
  );

  -- Events, kept until each run and each wait they concern has them.
  create table ferry_runner.event (
    id text primary key,
    name text not null,
    body text not null,
    received_at timestamptz not null default clock_timestamp(),
    runner_id uuid,
    lease_until timestamptz,
    delivered_at timestamptz
  );
  create index event_undelivered on ferry_runner.event (received_at) where delivered_at is null;

  -- What must not start a run again: ids of events, and values of a function's idempotency expression.
  create table ferry_runner.idempotency (
    function_id text not null,
    key text not null,
    expires_at timestamptz not null,
    primary key (function_id, key)
  );

  create table ferry_runner.run (
    id text primary key,
    function_id text not null references ferry_runner.function,
    event_id text not null,
    events text not null,
    parent_run_id text,
    parent_step_id text,
    status text not null default 'running' check (status in ('running', 'completed', 'failed', 'cancelled')),
    result text,
    -- How many steps are recorded; also the place of the next one in their order.
    step_count int not null default 0,
    state_bytes bigint not null,
    -- Steps that were reported and are not recorded yet.
    pending text[] not null default '{}',
    request_version int not null default -1,
    plan_only boolean not null default false,
    slot_keys text[] not null default '{}',
    slot_limits int[] not null default '{}',
    created_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    unique (function_id, event_id)
  );
  create index run_ended on ferry_runner.run (ended_at) where ended_at is not null;
  create index run_event on ferry_runner.run (event_id);

  create table ferry_runner.step (
    run_id text not null references ferry_runner.run on delete cascade,
    id text not null,
    position int not null,
    op text not null,
    name text,
    memo text not null,
    attempts int not null default 1,
    started_at timestamptz,
    recorded_at timestamptz not null default clock_timestamp(),
    primary key (run_id, id)
  );

  -- Work to do: call the function (for one step, or to go on), or record a step when its time has come.
  create table ferry_runner.job (
    id text primary key,
    run_id text not null references ferry_runner.run on delete cascade,
    kind text not null check (kind in ('call', 'wake')),
    step_id text,
    op text,
    name text,
    wake_memo text,
    -- The run has slots, which a call must find free.
    is_limited boolean not null default false,
    is_race boolean not null default false,
    attempt int not null default 0,
    last_error text,
    unreachable_since timestamptz,
    unreachable_count int not null default 0,
    run_at timestamptz not null default now(),
    lease_id uuid,
    lease_until timestamptz,
    runner_id uuid,
    claimed_at timestamptz,
    created_at timestamptz not null default clock_timestamp()
  );
  create index job_due on ferry_runner.job (run_at);
  create index job_runner on ferry_runner.job (runner_id) where runner_id is not null;
  create index job_run on ferry_runner.job (run_id, step_id);

  -- Events that a run waits for: to go on with a step, or to be cancelled.
  create table ferry_runner.wait (
    run_id text not null references ferry_runner.run on delete cascade,
    id text not null,
    step_id text,
    name text,
    event_name text not null,
    condition text,
    is_race boolean not null default false,
    expires_at timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    primary key (run_id, id)
  );
  create index wait_event on ferry_runner.wait (event_name);

  -- Runners that are alive, with the process they are, so that a successor on the same machine can tell.
  create table ferry_runner.runner (
    id uuid primary key,
    machine text not null,
    pid int not null,
    started_at timestamptz not null default now()
  );
  `,
];

/** Brings the tables to the newest version; safe from any number of runners at once. */
export async function migrate(pool: Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtext('ferry_runner'))");
    await client.query("create schema if not exists ferry_runner");
    await client.query(`
      create table if not exists ferry_runner.version (
        number int primary key,
        applied_at timestamptz not null default now()
      )`);
    const { rows } = await client.query<{ newest: number }>(
      "select coalesce(max(number), 0) as newest from ferry_runner.version",
    );
    const newest = rows[0]?.newest ?? 0;
    for (const [index, statements] of VERSIONS.entries()) {
      if (index < newest) continue;
      await client.query(statements);
      await client.query("insert into ferry_runner.version (number) values ($1)", [index + 1]);
    }
  });
}
