import type { Pool, PoolClient } from "pg";
import { sqlstateOf } from "@/lib/postgres/sqlstate";

/** Runs `work` in one transaction; a session whose rollback fails is not used again. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** False for what the same statement would meet again: wrong data, broken constraints, missing tables. */
export function mayPass(error: unknown): boolean {
  return !/^(?:22|23|42)/.test(sqlstateOf(error) ?? "");
}
