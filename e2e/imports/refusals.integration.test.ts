import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, makeScene, ONE_VERSION, query, type Scene, untilAlone } from "@/e2e/imports/scene";

let ferry: FerryRig;
let scene: Scene;

beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());
afterEach(() => scene?.close());

/** A check that only the newer server minds, as one does that leans on a setting or a clock. */
const PICKY = `
  create table public.fine (id int primary key);
  insert into public.fine select generate_series(1, 1000);
  create table public.picky (id int primary key, amount int, constraint small check (
    amount < 100 or current_setting('server_version_num')::int < 160000));
  insert into public.picky select n, n from generate_series(1, 200) n;
  create view public.both as select id from public.fine union select id from public.picky`;

describe.skipIf(ONE_VERSION)("an import whose target refuses a row", () => {
  it("fails with the reason, harms nothing, and goes on from there when it is put right", async () => {
    scene = await makeScene(PICKY);
    const id = await ferry.run(scene.source.url, scene.target.url);
    const failed = await ferry.view(id);
    expect(failed).toMatchObject({ status: "failed", error: { code: "copy.refused" } });
    expect(failed.error?.what).toMatch(
      /^The target refused a row of public.picky: .* violates check constraint "small"\.$/,
    );
    expect(failed.error?.unharmed).toBe("The source was only read; nothing was changed there.");
    expect(failed.headline).toBe(failed.error?.what);
    expect(await query(scene.target.spec, "select * from public.picky")).toEqual([]);

    await query(scene.target.spec, "alter table public.picky drop constraint small");
    await ferry.retry(id);
    // Pressed twice, it goes on once.
    await ferry.retry(id);
    const view = await ferry.waitForEnd(id);
    // The rows are whole, and the constraint that was taken away is named.
    expect(view).toMatchObject({ status: "differences", error: { code: "verify.differences" } });
    expect(view.verification.differences.map(({ subject }) => subject)).toEqual(["table public.picky"]);
    const tables = ["public.fine", "public.picky"];
    expect(await digests(scene.target.spec, tables)).toEqual(await digests(scene.source.spec, tables));
    expect(await query(scene.target.spec, "select 1 from pg_namespace where nspname = '_ferry'")).toEqual([]);
  });

  it("fails again with the same reason where nothing was put right", async () => {
    scene = await makeScene(PICKY);
    const id = await ferry.run(scene.source.url, scene.target.url);
    await ferry.retry(id);
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "failed", error: { code: "copy.refused" } });
    expect(view.tables.find(({ name }) => name === "picky")?.state).toBe("failed");
    expect(await untilAlone(scene)).toBeLessThan(5_000);
  });
});

describe.skipIf(ONE_VERSION)("an import whose rows break a key on the target", () => {
  it("says which key, since without it the target is not the source", async () => {
    scene = await makeScene(`
      create function public.bucket(id int) returns int language sql immutable as
        $$ select case when current_setting('server_version_num')::int >= 160000 then 0 else id end $$;
      create table public.t (id int);
      insert into public.t select generate_series(1, 10);
      create unique index one_bucket on public.t (public.bucket(id))`);
    const view = await ferry.view(await ferry.run(scene.source.url, scene.target.url));
    expect(view.status).toBe("differences");
    expect(view.verification.differences).toMatchObject([
      { kind: "object", subject: "index public.one_bucket", source: "present", target: "missing" },
    ]);
    expect(view.verification.differences[0]?.detail).toContain("could not create unique index");
  });
});

describe("an import with a row that takes longer than any step", () => {
  it("says so after a few steps, rather than trying for ever", async () => {
    scene = await makeScene(`
      create table public.wide (id int primary key, note text);
      insert into public.wide select 1, repeat('x', 10000000)`);
    scene.line.bytesPerSecond = 2_000_000;
    const view = await ferry.view(await ferry.run(scene.lineUrl, scene.target.url, { stepBudgetSeconds: 1, lanes: 1 }));
    expect(view).toMatchObject({ status: "failed", error: { code: "step.too_short" } });
    expect(view.error?.what).toBe("public.wide does not fit into a step of 1 seconds.");
    expect(await untilAlone(scene)).toBeLessThan(5_000);
  });
});

describe("an import that a check stops", () => {
  it("is blocked before anything is touched, also when the reason comes up later", async () => {
    scene = await makeScene("create table public.t (id int)");
    const id = await ferry.create(scene.source.url, scene.target.url);
    await query(scene.target.spec, "create table public.mine (id int)");
    await query(ferry.metadata.spec, "update imports set checked_at = now() - interval '1 minute' where id = $1", [id]);
    await ferry.start(id);
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "blocked", error: { code: "check.blocked" } });
    expect(view.findings[0]).toMatchObject({ severity: "block", code: "target.not_empty" });
    expect(await query(scene.target.spec, "select 1 from pg_namespace where nspname = '_ferry'")).toEqual([]);

    const again = await ferry.create(scene.source.url, scene.target.url);
    expect((await ferry.view(again)).status).toBe("blocked");
    await expect(ferry.start(again)).rejects.toMatchObject({ code: "import.wrong_state" });
  });

  it("can be checked again and started when it is put right", async () => {
    scene = await makeScene("create table public.t (id int)");
    await query(scene.target.spec, "create table public.mine (id int)");
    const id = await ferry.create(scene.source.url, scene.target.url);
    await query(scene.target.spec, "drop table public.mine");
    await ferry.check(id);
    expect((await ferry.view(id)).status).toBe("draft");
    await ferry.start(id);
    expect((await ferry.waitForEnd(id)).status).toBe("succeeded");
  });
});
