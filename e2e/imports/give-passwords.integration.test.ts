import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, makeScene, query, type Scene, TARGET } from "@/e2e/imports/scene";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { connectionUrl } from "@/lib/postgres/connection-url";

const SOURCE_SQL = `
  create table public.good (id int primary key, note text);
  insert into public.good select n, md5(n::text) from generate_series(1, 300) n;
  create materialized view public.broken as select 1 / count(*) as x from public.good where id < 0 with no data;`;

let ferry: FerryRig;
let scene: Scene;
let other: TestDatabase;
let id: string;

beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());
beforeEach(async () => {
  scene = await makeScene(SOURCE_SQL);
  other = await (await testServer(TARGET)).createDatabase("other");
  id = await failedAndForgotten();
});
afterEach(async () => {
  await scene?.close();
  await other?.drop();
});

/** One that stopped in the middle, whose passwords were forgotten since. */
async function failedAndForgotten(): Promise<string> {
  const made = await ferry.create(scene.source.url, scene.target.url, { lanes: 1 });
  await ferry.start(made);
  await ferry.waitForEnd(made);
  await query(ferry.metadata.spec, "update imports set status = 'failed' where id = $1", [made]);
  const { wipePasswordsNow } = await import("@/lib/imports/wipe-passwords");
  await wipePasswordsNow({ id: made });
  return made;
}

async function retry(given: { source?: string; target?: string } = {}): Promise<void> {
  const { retryImport } = await import("@/lib/imports/retry-import");
  await retryImport({ id, ...given });
}

const kept = () =>
  query(ferry.metadata.spec, "select side from credentials where import_id = $1 and sealed is not null", [id]);

it("is refused what leads elsewhere, and keeps nothing of it", async () => {
  const { source, target } = scene;
  expect((await ferry.view(id)).passwordsNeeded.toSorted()).toEqual(["source", "target"]);
  const both = { source: source.url, target: target.url };
  const elsewhere = { code: "credentials.other_database" };
  await expect(retry()).rejects.toMatchObject({ code: "credentials.wiped" });
  await expect(retry({ source: source.url })).rejects.toMatchObject({ code: "credentials.wiped" });
  await expect(retry({ ...both, target: other.url })).rejects.toMatchObject(elsewhere);
  await expect(retry({ source: target.url, target: target.url })).rejects.toMatchObject(elsewhere);
  const otherUser = connectionUrl({ ...source.spec, user: "somebody_else" });
  await expect(retry({ ...both, source: otherUser })).rejects.toMatchObject(elsewhere);
  const wrong = connectionUrl({ ...source.spec, password: "not the one" });
  await expect(retry({ ...both, source: wrong })).rejects.toMatchObject({ code: "connect.auth_failed" });
  // Another server behind the same name.
  await query(
    ferry.metadata.spec,
    `update imports set source = jsonb_set(source, '{systemIdentifier}', '"7000000000000000000"') where id = $1`,
    [id],
  );
  await expect(retry(both)).rejects.toMatchObject(elsewhere);
  expect(await kept()).toEqual([]);
  expect((await ferry.view(id)).status).toBe("failed");
});

it("goes on with what is given, sealed as it was, and tells nobody", async () => {
  const { source, target } = scene;
  const [row] = await query<{ known: string }>(
    ferry.metadata.spec,
    "select source ->> 'systemIdentifier' as known from imports where id = $1",
    [id],
  );
  expect(row?.known).toMatch(/^\d+$/);
  await retry({ source: source.url, target: target.url });
  expect((await ferry.view(id)).passwordsNeeded).toEqual([]);
  const view = await ferry.waitForEnd(id);
  expect(view.events.map(({ kind }) => kind)).toContain("passwords.given");
  expect(JSON.stringify(view)).not.toContain(source.spec.password);
  expect(await digests(target.spec, ["public.good"])).toEqual(await digests(source.spec, ["public.good"]));
  const sealed = await query(ferry.metadata.spec, "select sealed::text from credentials where import_id = $1", [id]);
  expect(JSON.stringify(sealed)).not.toContain(source.spec.password);
});
