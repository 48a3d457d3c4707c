import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { ferrySessions, makeScene, ONE_VERSION, query, type Scene, untilAlone } from "@/e2e/imports/scene";
import { WIDE_SCHEMA } from "@/e2e/imports/wide-schema";

const GONE_WITHIN_MS = 5_000;

const LEDGER = "select 1 from pg_namespace where nspname = '_ferry'";

let ferry: FerryRig;
let scene: Scene;

beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());
afterEach(() => scene?.close());

describe("cancelling", () => {
  it("in the middle of copying ends every session on both sides, wipes both passwords and keeps what has arrived", async () => {
    scene = await makeScene(`
      create table public.wide (id int primary key, note text);
      insert into public.wide select n, repeat(md5(n::text), 10) from generate_series(1, 30000) n`);
    scene.line.bytesPerSecond = 500_000;
    const id = await ferry.create(scene.lineUrl, scene.target.url);
    await ferry.start(id);
    await ferry.until(id, "copying", ({ progress }) => progress.bytesDone > 0);
    expect((await ferrySessions(scene.source.spec)).length).toBeGreaterThan(1);

    await ferry.cancel(id);
    expect(await untilAlone(scene)).toBeLessThan(GONE_WITHIN_MS);
    const view = await ferry.view(id);
    expect(view).toMatchObject({ status: "cancelled", headline: "Cancelled.", error: null });
    expect(view.finishedAt).not.toBeNull();
    await ferry.untilCleanedUp(id);
    const credentials = await query<{ side: string; sealed: string | null }>(
      ferry.metadata.spec,
      "select side, sealed from credentials where import_id = $1",
      [id],
    );
    expect(credentials.map(({ sealed }) => sealed)).toEqual([null, null]);
    const left = await query(scene.target.spec, "select * from public.wide");
    expect(left).toEqual([]);
    expect(await query(scene.target.spec, LEDGER)).toEqual([]);

    // Pressed again it changes nothing; what has ended cannot be started or retried.
    await ferry.cancel(id);
    await expect(ferry.start(id)).rejects.toMatchObject({ code: "import.wrong_state" });
    await expect(ferry.retry(id)).rejects.toMatchObject({ code: "import.wrong_state" });
    expect((await ferry.view(id)).events.filter(({ kind }) => kind === "import.cancelled")).toHaveLength(1);
    expect((await ferry.view(id)).events.filter(({ level }) => level === "error")).toEqual([]);
  });

  it.skipIf(ONE_VERSION)("while the target works on one long statement ends that too", async () => {
    scene = await makeScene(`
      create table public.slow (id int primary key);
      insert into public.slow select generate_series(1, 100);
      create function public.dawdle(id int) returns int language plpgsql immutable as
        $$ begin if current_setting('server_version_num')::int >= 160000 then perform pg_sleep(1); end if; return id; end $$;
      create index on public.slow (public.dawdle(id))`);
    const id = await ferry.create(scene.source.url, scene.target.url);
    await ferry.start(id);
    await ferry.until(id, "indexing", ({ work }) => work.some(({ kind, running }) => kind === "index" && running > 0));
    await ferry.cancel(id);
    expect(await untilAlone(scene)).toBeLessThan(GONE_WITHIN_MS);
    await ferry.untilCleanedUp(id);
  });

  it("in the middle of reading the schema ends pg_dump and its session", async () => {
    scene = await makeScene(WIDE_SCHEMA);
    scene.line.bytesPerSecond = 60_000;
    const id = await ferry.create(scene.lineUrl, scene.target.url);
    await ferry.start(id);
    await expect.poll(() => ferrySessions(scene.source.spec), { timeout: 20_000 }).toContain("ferry pg_dump");
    await ferry.cancel(id);
    expect(await untilAlone(scene, 60_000)).toBeLessThan(GONE_WITHIN_MS);
    await ferry.untilCleanedUp(id);
    expect(await ferry.view(id)).toMatchObject({ status: "cancelled", error: null });
  });

  it("a draft leaves nothing anywhere", async () => {
    scene = await makeScene("create table public.t (id int)");
    const id = await ferry.create(scene.source.url, scene.target.url);
    await ferry.cancel(id);
    expect((await ferry.view(id)).status).toBe("cancelled");
    await ferry.untilCleanedUp(id);
    expect(await query(scene.target.spec, LEDGER)).toEqual([]);
  });
});
