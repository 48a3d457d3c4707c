import type { Pool, PoolClient } from "pg";
import type { FunctionConfig } from "../protocol";
import { inTransaction } from "./transaction";

/** Makes these the app's functions; true when anything changed. */
export async function replaceFunctions(pool: Pool, configs: FunctionConfig[]): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    let changed = 0;
    for (const config of configs) {
      const { rowCount } = await client.query(
        `insert into ferry_runner.function (id, config) values ($1, $2)
         on conflict (id) do update set config = excluded.config, is_present = true, registered_at = now()
          where (function.config, function.is_present) is distinct from (excluded.config, true)`,
        [config.id, JSON.stringify(config)],
      );
      changed += rowCount ?? 0;
    }
    const { rowCount } = await client.query(
      "update ferry_runner.function set is_present = false where is_present and not id = any($1)",
      [configs.map(({ id }) => id)],
    );
    return changed + (rowCount ?? 0) > 0;
  });
}

export async function presentFunctions(pool: Pool): Promise<FunctionConfig[]> {
  const { rows } = await pool.query<{ config: string }>(
    "select config from ferry_runner.function where is_present order by id",
  );
  return rows.map(({ config }) => JSON.parse(config) as FunctionConfig);
}

export async function findFunction(client: PoolClient, id: string): Promise<FunctionConfig | null> {
  const { rows } = await client.query<{ config: string }>(
    "select config from ferry_runner.function where id = $1 and is_present",
    [id],
  );
  return rows[0] ? (JSON.parse(rows[0].config) as FunctionConfig) : null;
}
