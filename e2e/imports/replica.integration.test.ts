import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, query, SOURCE, TARGET } from "@/e2e/imports/scene";
import { type PrivateServer, privateServer, type TestDatabase, testServer } from "@/e2e/servers/test-servers";

const SOURCE_SQL = `
  create table public.large (id int primary key, note text);
  insert into public.large select n, repeat(md5(n::text), 20) from generate_series(1, 12000) n;
  create table public.small (id serial primary key, note text unique);
  insert into public.small (note) select md5(n::text) from generate_series(1, 100) n;
  create table public.later (id int);`;
const TABLES = ["public.large", "public.small", "public.later"];

let ferry: FerryRig;
let primary: PrivateServer;
let replica: PrivateServer;
let written: TestDatabase;
let target: TestDatabase;

beforeAll(async () => {
  ferry = await startFerry();
  primary = await privateServer(SOURCE);
  written = await primary.createDatabase("replicated");
  await query(written.spec, SOURCE_SQL);
  replica = await primary.standby();
  target = await (await testServer(TARGET)).createDatabase("arrival");
});
afterAll(async () => {
  await ferry?.stop();
  await target?.drop();
  await replica?.remove();
  await primary?.remove();
});

const onReplica = () => ({ ...written.spec, port: replica.port });

it("an import from a read replica brings one moment of it, over hand-overs, while the primary is written to", async () => {
  let writing = true;
  const writer = (async () => {
    for (let n = 1; writing; n++) {
      await query(written.spec, `insert into public.later values (${n})`);
      await sleep(20);
    }
  })();
  const url = written.url.replace(`:${primary.port}/`, `:${replica.port}/`);
  const id = await ferry.create(url, target.url, { stepBudgetSeconds: 2, maxMegabytesPerSecond: 4 });
  await ferry.start(id);
  const view = await ferry.waitForEnd(id);
  writing = false;
  await writer;
  expect(view.error).toBeNull();
  expect(view).toMatchObject({ status: "succeeded", verification: { status: "equal", differences: [] } });
  const tables = TABLES.slice(0, 2);
  expect(await digests(target.spec, tables)).toEqual(await digests(onReplica(), tables));
  const [here] = await query<{ last: number }>(
    target.spec,
    "select max(id) as last, count(*)::int as rows from public.later",
  );
  expect(here).toEqual({ last: here?.last, rows: here?.last ?? 0 });
  const generations = "select from snapshot_holders where import_id = $1";
  expect((await query(ferry.metadata.spec, generations, [id])).length).toBeGreaterThan(1);
});
