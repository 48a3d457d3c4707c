import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { openPool } from "./pool";
import { inTransaction } from "./transaction";

let database: TestDatabase;
beforeAll(async () => {
  database = await (await testServer(18)).createDatabase("runner_pool");
});
afterAll(() => database.drop());

it("outlives a session that ends between two queries of a transaction, and tells the next one", async () => {
  const pool = openPool({ databaseUrl: connectionUrl(database.spec), size: 2, mostIdleMs: 10_000 });
  const cut = inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    await pool.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    // Nobody waits for an answer when the end comes: it is the session itself that tells of it.
    await sleep(300);
    await client.query("select 1");
  });
  await expect(cut).rejects.toThrow();
  expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await pool.end();
});
