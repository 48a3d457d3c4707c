import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { query } from "@/e2e/imports/scene";
import { insertImport, startMetadata } from "@/e2e/metadata";
import type { TestDatabase } from "@/e2e/servers/test-servers";
import { connectDatabase, type Database, database } from "./client";

const MOST_IDLE_SECONDS = 1;
const ID = "01FROZEN";
const SETTING = sql`select current_setting('idle_in_transaction_session_timeout') as value`;

let metadata: TestDatabase;
let db: Database;
let end: () => Promise<void>;

beforeAll(async () => {
  metadata = await startMetadata();
  await insertImport(metadata, ID);
});
beforeEach(() => {
  ({ db, end } = connectDatabase(metadata.url, MOST_IDLE_SECONDS));
  return end;
});
afterAll(() => metadata?.drop());

it("a transaction that stands still is ended, and the rows that it held are free", async () => {
  let goOn = () => {};
  let begun = () => {};
  const holding = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const frozen = db.transaction(async (tx) => {
    await tx.execute(sql`select 1 from imports where id = ${ID} for update`);
    begun();
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await tx.execute(sql`update imports set name = 'too late' where id = ${ID}`);
  });
  frozen.catch(() => {}); // Told below.
  await holding;
  // It waits for no longer than the limit, and a little for a busy machine.
  const startedAt = performance.now();
  await query(metadata.spec, "update imports set name = 'another was faster' where id = $1", [ID]);
  expect(performance.now() - startedAt).toBeLessThan(20_000);
  goOn();
  await expect(frozen).rejects.toThrow();
  expect(await query(metadata.spec, "select name from imports where id = $1", [ID])).toEqual([
    { name: "another was faster" },
  ]);
  // The process lives on, with another session.
  expect(await db.execute(sql`select 1 as one`)).toMatchObject({ rows: [{ one: 1 }] });
});

it("the limit is the transaction's own, and long in the product", async () => {
  const inside = await database().transaction(async (tx) => (await tx.execute<{ value: string }>(SETTING)).rows);
  expect(inside).toEqual([{ value: "1min" }]);
  for (let times = 0; times < 3; times++) {
    expect((await database().execute<{ value: string }>(SETTING)).rows).toEqual([{ value: "0" }]);
  }
});
