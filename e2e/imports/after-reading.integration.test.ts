import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { makeScene, ONE_VERSION, query, type Scene, terminate } from "@/e2e/imports/scene";

/** A materialized view that the newer server fills as the given body says. */
const source = (onNewer: string) => `
  create table public.t (id int primary key, note text);
  insert into public.t select n, 'as it was' from generate_series(1, 1000) n;
  create function public.step() returns int language plpgsql as
    $$ begin if current_setting('server_version_num')::int >= 160000 then ${onNewer} end if; return 1; end $$;
  create materialized view public.m as select public.step() as one;
  create function public.stamp() returns trigger language plpgsql as
    $$ begin new.note := 'stamped'; return new; end $$;
  create trigger stamp before insert on public.t for each row execute function public.stamp();`;

let ferry: FerryRig;
let scene: Scene;

beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());
afterEach(() => scene?.close());

/** Rows of the moment of the snapshot, not touched by the trigger that came after them. */
async function expectOneMoment() {
  const rows = await query(scene.target.spec, "select note, count(*)::int as rows from public.t group by note");
  expect(rows).toEqual([{ note: "as it was", rows: 1000 }]);
  expect(await query(scene.target.spec, "select tgname from pg_trigger where not tgisinternal")).toHaveLength(1);
}

describe.skipIf(ONE_VERSION)("when all rows have been read and compared", () => {
  it("a lost snapshot of a source that has moved is no reason to begin again", async () => {
    scene = await makeScene(source("perform pg_sleep(2);"));
    const id = await ferry.create(scene.source.url, scene.target.url);
    await ferry.start(id);
    await ferry.until(id, "refreshing", ({ work }) => {
      const open = work.filter(({ kind, done, total }) => ["copy", "verify"].includes(kind) && done < total);
      return open.length === 0 && work.some(({ kind, running }) => kind === "refresh" && running > 0);
    });
    await query(scene.source.spec, "update public.t set note = 'moved'");
    await terminate(scene.source.spec, `ferry ${id} snapshot`);
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "succeeded", verification: { status: "equal" } });
    expect(view.events.map(({ kind }) => kind)).not.toContain("snapshot.new");
    await expectOneMoment();
  });

  it("a retry goes on with what is left, whatever has happened to the source", async () => {
    scene = await makeScene(source("raise exception 'not yet';"));
    const id = await ferry.run(scene.source.url, scene.target.url);
    const failed = await ferry.view(id);
    expect(failed).toMatchObject({ status: "failed", error: { code: "statement.failed" } });
    expect(failed.error?.what).toBe("public.m failed on the target: not yet.");

    await query(scene.source.spec, "update public.t set note = 'moved'; drop table public.t cascade");
    await query(scene.target.spec, "create or replace function public.step() returns int language sql as 'select 2'");
    await ferry.retry(id);
    const view = await ferry.waitForEnd(id);
    // All is done; only the function that was changed on the target is another.
    expect(view.verification.differences.map(({ subject }) => subject)).toEqual(["function public.step()"]);
    expect(await query(scene.target.spec, "select one from public.m")).toEqual([{ one: 2 }]);
    await expectOneMoment();
  });
});
