import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, makeScene, ONE_VERSION, query, type Scene } from "@/e2e/imports/scene";

const SOURCE_SQL = `
  create table public.good (id int primary key, note text);
  insert into public.good select n, md5(n::text) from generate_series(1, 500) n;
  create table public.other (id int primary key references public.good);
  insert into public.other select generate_series(1, 400);`;
const TABLES = ["public.good", "public.other"];

let ferry: FerryRig;
let scene: Scene;

beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());
beforeEach(async () => {
  scene = await makeScene(SOURCE_SQL);
});
afterEach(() => scene?.close());

const epochs = async (id: string) =>
  (
    await query<{ epoch: number; run: number }>(ferry.metadata.spec, "select epoch, run from imports where id = $1", [
      id,
    ])
  )[0];

describe("an import that has failed in the middle", () => {
  it.skipIf(ONE_VERSION)("reads everything again when all is retried, once however often it is pressed", async () => {
    // A row that the newer server refuses.
    await query(
      scene.source.spec,
      `create table public.sizes (size int check (size < 1000 or current_setting('server_version_num')::int < 160000));
       insert into public.sizes values (1), (5000)`,
    );
    const id = await ferry.run(scene.source.url, scene.target.url, { lanes: 1 });
    expect((await ferry.view(id)).status).toBe("failed");
    await query(scene.source.spec, "update public.sizes set size = 11 where size = 5000");
    await query(
      scene.source.spec,
      "update public.good set note = 'changed' where id = 7; delete from public.other where id = 9",
    );
    await Promise.all([ferry.retry(id, true), ferry.retry(id, true), ferry.retry(id, true)]);
    const view = await ferry.waitForEnd(id);
    expect(view).toMatchObject({ status: "succeeded", error: null, verification: { differences: [] } });
    expect(await digests(scene.target.spec, TABLES)).toEqual(await digests(scene.source.spec, TABLES));
    expect(await epochs(id)).toEqual({ epoch: 2, run: 2 });
    expect(view.events.filter(({ kind }) => kind === "import.retried")).toHaveLength(1);

    // What has been read and compared is not read again, whatever failed after that.
    await expect(ferry.retry(id, true)).rejects.toMatchObject({ code: "import.wrong_state" });
    await query(ferry.metadata.spec, "update imports set status = 'failed' where id = $1", [id]);
    await expect(ferry.retry(id, true)).rejects.toMatchObject({ code: "import.all_read" });
  });
});
