import { Pool } from "pg";

export interface PoolOptions {
  databaseUrl: string;
  size: number;
  /** A runner that is frozen in the middle of a transaction must not keep others from its run for longer. */
  mostIdleMs: number;
}

/** The runner's sessions. One that dies is replaced at its next use; unheard, its end would be the process's too. */
export function openPool({ databaseUrl, size, mostIdleMs }: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: size,
    application_name: "ferry runner",
    keepAlive: true,
    idle_in_transaction_session_timeout: mostIdleMs,
  });
  pool.on("error", () => {});
  // The pool hears only of those that are idle. Between two queries of a transaction the next query is told.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}
