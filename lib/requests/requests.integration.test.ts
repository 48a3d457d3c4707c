import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { query } from "@/e2e/imports/scene";
import { startMetadata } from "@/e2e/metadata";
import type { TestDatabase } from "@/e2e/servers/test-servers";
import { countInDatabase } from "@/lib/db/rate-counts";
import { FerryError } from "@/lib/errors/ferry-error";
import { keysOf, LIMITS, secondsToWait } from "@/lib/security/rate-limit";
import { doOnce } from "./idempotency";

let metadata: TestDatabase;
beforeAll(async () => {
  metadata = await startMetadata();
});
afterAll(() => metadata.drop());

const rows = (sql: string) => query<{ key: string }>(metadata.spec, sql);

describe("counts in the database", () => {
  const store = { count: countInDatabase };

  it("are one for all who ask at once", async () => {
    const { times } = LIMITS.login;
    const asker = { address: "192.0.2.1", user: "anna", subject: "anna@example.com" };
    const answers = await Promise.all(Array.from({ length: times + 5 }, () => secondsToWait(store, "login", asker)));
    // A window may end in between, so at least nobody is let in too often in either.
    const refused = answers.filter((seconds) => seconds !== null);
    expect(refused.length).toBeLessThanOrEqual(5);
    const counts = await rows("select key, count from rate_counts order by key");
    expect(counts.map(({ key }) => key)).toEqual(keysOf("login", asker).sort());
    expect(JSON.stringify(counts)).not.toMatch(/anna|192\.0/);
    // The next one is, or a window has just begun.
    if (refused.length === 5) expect(await secondsToWait(store, "login", asker)).not.toBeNull();
  });

  it("begin again with a window", async () => {
    await countInDatabase(["old"], 60);
    await query(metadata.spec, "update rate_counts set began = began - 60, count = 999 where key = 'old'");
    expect((await countInDatabase(["old"], 60)).highest).toBe(1);
  });
});

describe("a request that comes twice", () => {
  const request = { key: "5d3c", scope: "anna", content: "POST /api/imports\npostgres://u:hunter22@db/shop" };

  it("is worked on once, and answered twice", async () => {
    let done = 0;
    const work = async () => ({ id: `import ${++done}` });
    const first = await doOnce(request, work);
    expect(await doOnce(request, work)).toEqual(first);
    expect(done).toBe(1);
    expect(await doOnce({ ...request, scope: "bert" }, work)).toEqual({ id: "import 2" });
    expect(await doOnce({ ...request, key: null }, work)).toEqual({ id: "import 3" });
    const kept = JSON.stringify(await rows("select * from idempotency_keys"));
    expect(kept).not.toMatch(/5d3c|hunter22|anna/);
  });

  it("is refused while the first is under way, and for anything else under the same key", async () => {
    let finish: (value: string) => void = () => {};
    const slow = doOnce({ ...request, key: "slow" }, () => new Promise<string>((resolve) => (finish = resolve)));
    await expect.poll(async () => (await rows("select from idempotency_keys where answer is null")).length).toBe(1);
    const again = doOnce({ ...request, key: "slow" }, async () => "second");
    await expect(again).rejects.toMatchObject({ code: "request.repeated", context: { isOther: false } });
    finish("first");
    expect(await slow).toBe("first");
    const other = doOnce({ ...request, key: "slow", content: "something else" }, async () => "other");
    await expect(other).rejects.toMatchObject({ code: "request.repeated", context: { isOther: true } });
  });

  it("may be tried again after it has failed, or whoever began it has died", async () => {
    const failing = { ...request, key: "fails" };
    const failed = doOnce(failing, async () => {
      throw new FerryError("connect.refused");
    });
    await expect(failed).rejects.toMatchObject({ code: "connect.refused" });
    expect(await doOnce(failing, async () => "worked")).toBe("worked");
    await query(metadata.spec, "update idempotency_keys set answer = null, at = now() - interval '1 hour'");
    expect(await doOnce(failing, async () => "worked again")).toBe("worked again");
  });

  it.each(["", "two words", "x".repeat(201), "umläut"])("needs a key that is one: %j", async (key) => {
    await expect(doOnce({ ...request, key }, async () => 1)).rejects.toMatchObject({ code: "input.invalid" });
  });
});
