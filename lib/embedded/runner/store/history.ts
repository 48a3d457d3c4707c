import type { Pool } from "pg";

/** Removes what is over for long enough. Any number of runners may do this at once. */
export async function removeHistory(pool: Pool, historyMs: number): Promise<void> {
  const age = [historyMs];
  await pool.query("delete from ferry_runner.run where ended_at < now() - $1 * interval '1 ms'", age);
  await pool.query("delete from ferry_runner.event where delivered_at < now() - $1 * interval '1 ms'", age);
  await pool.query("delete from ferry_runner.idempotency where expires_at < now()");
  await pool.query(
    `delete from ferry_runner.function
      where not is_present and not exists (select from ferry_runner.run where run.function_id = function.id)`,
  );
  await pool.query("delete from ferry_runner.runner where started_at < now() - $1 * interval '1 ms'", age);
}
