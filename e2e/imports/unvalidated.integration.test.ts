import { afterAll, beforeAll, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { makeScene, query, type Scene, SOURCE } from "@/e2e/imports/scene";
import { testServer } from "@/e2e/servers/test-servers";

/** Rows that break what was promised only for new ones; the large table's keys are added and validated apart. */
const OLD_DEBTS = `
  create table public.u (id int primary key);
  insert into public.u select generate_series(1, 10);
  create table public.t (a int, b int, pad text);
  alter table public.t alter column pad set storage external;
  insert into public.t select n, null, repeat(md5(n::text), 250) from generate_series(1, 2200) n;
  alter table public.t add constraint small check (a < 5) not valid;
  alter table public.t add constraint known foreign key (a) references public.u not valid;
  alter table public.t add constraint fine foreign key (b) references public.u;
  comment on constraint small on public.t is 'since 2020';`;
const NEWER_DEBTS = `
  alter table public.t add constraint present not null b not valid;
  alter table public.t add constraint told foreign key (a) references public.u not enforced;`;

const CONSTRAINTS = "select conname, convalidated from pg_constraint where conrelid = 'public.t'::regclass order by 1";

let ferry: FerryRig;

beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());

it.each([SOURCE, 18] as const)("constraints of Postgres %i that are not valid stay so", async (version) => {
  const own = await testServer(version);
  const scene: Scene = await makeScene(OLD_DEBTS + (version === 18 ? NEWER_DEBTS : ""), own);
  const target = version === 18 ? await own.createDatabase("arrival") : scene.target;
  const view = await ferry.view(await ferry.run(scene.source.url, target.url));
  expect(view.error).toBeNull();
  expect(view.verification).toMatchObject({ status: "equal", differences: [] });
  const before = await query<{ conname: string; convalidated: boolean }>(scene.source.spec, CONSTRAINTS);
  expect(before.filter(({ convalidated }) => !convalidated)).toHaveLength(version === 18 ? 4 : 2);
  expect(await query(target.spec, CONSTRAINTS)).toEqual(before);
  expect(view.work.map(({ kind }) => kind)).toContain("validate");
  await scene.close();
});
