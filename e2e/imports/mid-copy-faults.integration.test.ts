import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FerryRig, QUICK_RETRIES, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, inSession, makeScene, ONE_VERSION, query, type Scene, untilAlone } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import type { ImportOptions } from "@/lib/plan/options";
import { withSession } from "@/lib/postgres/session";

/** The largest is copied first, over a slow line: time enough to break what comes after it. */
const SOURCE_SQL = `
  create table public.first (id int primary key, note text);
  insert into public.first select n, repeat(md5(n::text), 20) from generate_series(1, 10000) n;
  create schema later;
  create table later.orders (id int primary key, note text);
  insert into later.orders select n, repeat(md5(n::text), 20) from generate_series(1, 7000) n;
  create sequence later.numbers;`;
const TABLES = ["public.first", "later.orders"];
const SLOW_BYTES_PER_SECOND = 4_000_000;

let ferry: FerryRig;
let scene: Scene;

beforeAll(async () => {
  ferry = await startFerry({ tuning: QUICK_RETRIES });
});
afterAll(() => ferry?.stop());
afterEach(() => scene?.close());

async function copying(sql = SOURCE_SQL, options: Partial<ImportOptions> = {}): Promise<string> {
  scene = await makeScene(sql);
  scene.line.bytesPerSecond = SLOW_BYTES_PER_SECOND;
  const id = await ferry.create(scene.lineUrl, scene.target.url, { lanes: 1, ...options });
  await ferry.start(id);
  await ferry.until(id, "copying", ({ tables }) => tables.some(({ bytesDone }) => bytesDone > 0));
  return id;
}

/** After it failed and was put right, everything arrives as if nothing had been. */
async function goesOn(id: string): Promise<void> {
  scene.line.bytesPerSecond = Number.POSITIVE_INFINITY;
  await ferry.retry(id);
  const view = await ferry.waitForEnd(id);
  expect(view.error).toBeNull();
  expect(view).toMatchObject({ status: "succeeded", verification: { status: "equal", differences: [] } });
  expect(await digests(scene.target.spec, TABLES)).toEqual(await digests(scene.source.spec, TABLES));
  await untilAlone(scene);
}

describe("an import whose source is altered in the middle of copying", () => {
  const changes: [string, string, RegExp, string][] = [
    [
      "a table that is renamed",
      "alter table later.orders rename to former",
      /^later\.orders was dropped, renamed or altered on the source during the import: relation "later\.orders" does not exist\.$/,
      "alter table later.former rename to orders",
    ],
    [
      "a table that is dropped and made again",
      "drop table later.orders",
      /^later\.orders was dropped, .*: relation "later\.orders" does not exist\.$/,
      "create table later.orders (id int primary key, note text); insert into later.orders values (1, 'new')",
    ],
    [
      "a column that is renamed",
      "alter table later.orders rename note to remark",
      /^later\.orders was dropped, .*: column "note" .*does not exist\.$/,
      "alter table later.orders rename remark to note",
    ],
    [
      "a sequence that is dropped",
      "drop sequence later.numbers",
      /^later\.numbers was dropped, .*: relation "later\.numbers" does not exist\.$/,
      "create sequence later.numbers",
    ],
    [
      "a schema that is renamed",
      "alter schema later rename to sooner",
      /^later\.(orders|numbers) was dropped, .*: (schema "later"|relation "later\.\w+") does not exist\.$/,
      "alter schema sooner rename to later",
    ],
  ];
  // The others differ in a word.
  it.each(LONG_TESTS ? changes : changes.slice(0, 2))(
    "%s: says what and where, and goes on when it is put back",
    async (_what, change, sentence, undo) => {
      const id = await copying();
      await query(scene.source.spec, change);
      const view = await ferry.waitForEnd(id);
      expect(view).toMatchObject({ status: "failed", error: { code: "source.table_changed" } });
      expect(view.error?.what).toMatch(sentence);
      expect(view.error?.unharmed).toBe("The source was only read; nothing was changed there.");
      await query(scene.source.spec, undo);
      await goesOn(id);
    },
  );

  it("for good: a retry says that a new import is needed", async () => {
    const id = await copying();
    await query(scene.source.spec, "drop table later.orders");
    await ferry.waitForEnd(id);
    // Under the old snapshot, while a keeper still has it, the answer would be that of the first time.
    await untilAlone(scene);
    await ferry.retry(id);
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "failed", error: { code: "source.schema_changed" } });
  });

  it.skipIf(!LONG_TESTS)("by a column more goes on as it was: the snapshot has no such column", async () => {
    const id = await copying();
    await query(scene.source.spec, "alter table later.orders add column extra int default 7");
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "succeeded", error: null });
    expect(view.tables.find(({ name }) => name === "orders")?.rowsDone).toBe(7000);
  });
});

/** A check that fails as a full disk would, until a session makes room: only on the newer server. */
const FULL = `
  create function public.room() returns bool language plpgsql as $$ begin
    if current_setting('server_version_num')::int >= 160000
       and not exists (select from pg_stat_activity where application_name = 'e2e makes room') then
      raise sqlstate '53100' using message = 'could not extend file "base/5/16384": No space left on device';
    end if; return true; end $$;
  ${SOURCE_SQL.replace("create table later.orders (id int primary key, note text)", "create table later.orders (id int primary key, note text, constraint room check (public.room()))")}`;

describe.skipIf(ONE_VERSION)("an import whose target has no space left", () => {
  it("says so, keeps what is done, and goes on from there when there is room", async () => {
    const id = await copying(FULL);
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "failed", error: { code: "target.full" } });
    expect(view.error?.what).toBe(
      'The target has no space left for later.orders: could not extend file "base/5/16384": No space left on device.',
    );
    expect(view.error?.remedy).toMatch(/then retry/);
    const attempts = "select attempt from units where import_id = $1 and subject = 'public.first' and kind = 'copy'";
    expect(await query(ferry.metadata.spec, attempts, [id])).toEqual([{ attempt: 1 }]);
    await withSession(scene.target.spec, { side: "target", name: "e2e makes room" }, () => goesOn(id));
    expect(await query(ferry.metadata.spec, attempts, [id])).toEqual([{ attempt: 1 }]);
  });
});

describe("an import that somebody's lock holds up", () => {
  it.runIf(LONG_TESTS)("says who, and goes on by itself when the lock is gone", async () => {
    const id = await copying();
    await inSession(scene.target.spec, async (client) => {
      await client.query("set application_name = 'nightly report'");
      await client.query("begin; lock table later.orders");
      await ferry.until(id, "held up", ({ events }) => events.some(({ kind }) => kind === "unit.waiting"));
      await client.query("rollback");
    });
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "succeeded", error: null });
    expect(view.events.filter(({ kind }) => kind === "unit.waiting").map(({ message }) => message)).toEqual([
      expect.stringMatching(/^later\.orders waits on the target for a lock held by nightly report \(pid \d+, idle in/),
    ]);
  });

  it("does not cut what does not move, and tries again", async () => {
    const id = await copying(SOURCE_SQL, { stepBudgetSeconds: 2 });
    await inSession(scene.target.spec, async (client) => {
      await client.query("begin; lock table later.orders");
      await ferry.until(id, "tried again", ({ events }) => events.some(({ kind }) => kind === "unit.retry"));
      // Afterwards a busy machine may well be too slow for it.
      expect((await ferry.view(id)).tables.find(({ name }) => name === "orders")?.parts).toBe(1);
      await client.query("rollback");
    });
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "succeeded", error: null });
    expect(view.events.map(({ message }) => message)).toContain("later.orders did not move in a step of 2 seconds.");
  });
});

describe("an import whose source goes away", () => {
  /**
   * Two minutes and more, in seconds: the retries of a unit last four minutes, of which all but the last are taken
   * from it here once the first has shown itself.
   */
  it("for longer than it is tried again stops with the reason, and goes on when it is back", async () => {
    const id = await copying();
    await scene.line.refuse(true);
    scene.line.cutAll();
    await ferry.until(id, "trying again", ({ events }) => events.some(({ kind }) => kind === "unit.retry"));
    expect((await ferry.view(id)).status).toBe("running");
    // A unit that is being tried at this moment has its turn later.
    const hurry = async () => {
      await query(
        ferry.metadata.spec,
        `update units set failures = 13, retry_at = least(retry_at, now())
          where import_id = $1 and state = 'ready' and failures between 1 and 12`,
        [id],
      );
      return (await ferry.view(id)).status;
    };
    await expect.poll(hurry, { timeout: 60_000, interval: 200 }).not.toBe("running");
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "failed", error: { code: "connect.refused" } });
    expect(view.error?.what).toMatch(/^The source server at 127\.0\.0\.1:\d+ refuses connections/);
    await scene.line.refuse(false);
    await goesOn(id);
  });

  it("for a moment is tried again by itself", async () => {
    const id = await copying();
    await scene.line.refuse(true);
    scene.line.cutAll();
    await sleep(1_000);
    await scene.line.refuse(false);
    scene.line.bytesPerSecond = Number.POSITIVE_INFINITY;
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "succeeded", error: null });
  });
});
