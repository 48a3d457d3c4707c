import { expect, it } from "vitest";
import { ferryAndScene } from "@/e2e/imports/ferry-and-scene";
import { query } from "@/e2e/imports/scene";
import type { ImportOptions } from "@/lib/plan/options";

const SOURCE_SQL = `
  create schema crm;
  create table crm.people (id int primary key);
  create table public.orders (id int primary key);
  insert into public.orders select generate_series(1, 10);
  create table public.lines (id int primary key, order_id int references public.orders);
  insert into public.lines select n, n from generate_series(1, 10) n;
  create table public.events (id int, day date) partition by range (day);
  create table public.events_old partition of public.events for values from ('2020-01-01') to ('2021-01-01');
  create table public.events_new partition of public.events for values from ('2021-01-01') to ('2022-01-01');
  insert into public.events values (1, '2020-05-05'), (2, '2021-05-05');
  analyze;`;

const { ferry, scene } = ferryAndScene(SOURCE_SQL);

async function draftOf(options: Partial<ImportOptions> = {}): Promise<string> {
  const { createImport } = await import("@/lib/imports/create-import");
  return (await createImport({ input: { sourceText: scene.source.url, options } })).id;
}

async function choose(id: string, text: string): Promise<void> {
  const { chooseTarget } = await import("@/lib/imports/choose-target");
  await chooseTarget({ id, target: { kind: "url", text }, by: "local" });
}

it("a draft without a target is checked by its source, and cannot start; a target makes it whole", async () => {
  const id = await draftOf({ excludeTableData: ["public.orders", "public.events"] });
  const draft = await ferry.view(id);
  expect(draft).toMatchObject({ status: "draft", target: { kind: "unchosen" } });
  expect(draft.findings.map(({ code }) => code)).toContain("size.database");
  await ferry.check(id);
  await expect(ferry.start(id)).rejects.toMatchObject({ code: "import.no_target" });

  // One that is not empty, then one that nobody answers at, then the right one.
  await choose(id, scene.source.url);
  expect(await ferry.view(id)).toMatchObject({ status: "blocked", target: { database: scene.source.spec.database } });
  await expect(choose(id, scene.target.url.replace(/:\d+\//, ":1/"))).rejects.toMatchObject({
    code: "connect.refused",
  });
  expect(await ferry.view(id)).toMatchObject({ status: "blocked", target: { database: scene.source.spec.database } });
  await choose(id, scene.target.url);
  expect(await ferry.view(id)).toMatchObject({ status: "draft", target: { kind: "url" } });

  await ferry.start(id);
  await expect(choose(id, scene.source.url)).rejects.toMatchObject({ code: "import.wrong_state" });
  const view = await ferry.waitForEnd(id);
  expect(view.status).toBe("succeeded");
  expect(view.skipped).toEqual([
    {
      object: "foreign key public.lines lines_order_id_fkey",
      reason: "it refers to table public.orders, whose rows stay behind",
    },
  ]);
  const counts = `select (select count(*) from orders)::int as orders, (select count(*) from lines)::int as lines,
                         (select count(*) from events)::int as events`;
  expect(await query(scene.target.spec, counts)).toEqual([{ orders: 0, lines: 10, events: 0 }]);
});

it("tells what there is to choose from, with partitions as part of their table", async () => {
  const { listSourceTables } = await import("@/lib/imports/list-source-tables");
  const { schemas, providers, roles } = await listSourceTables({ id: await draftOf() });
  expect(providers).toBeNull();
  expect(roles).toContain(scene.source.spec.user);
  expect(schemas.map(({ name, tables }) => [name, tables.map((table) => table.name)])).toEqual([
    ["crm", ["people"]],
    ["public", ["events", "lines", "orders"]],
  ]);
  expect(schemas[1]?.tables[0]).toMatchObject({ rows: 2, partitions: 2, bytes: expect.any(Number) });
});

it("keeps what the checks found while nothing is changed, and not afterwards", async () => {
  const { areFindingsCurrent } = await import("@/lib/imports/findings");
  const { updateOptions } = await import("@/lib/imports/update-options");
  const id = await draftOf();
  expect(await areFindingsCurrent(id)).toBe(true);
  const { options } = await ferry.view(id);
  await updateOptions({ id, options: { lanes: options.lanes } });
  expect(await areFindingsCurrent(id)).toBe(true);
  await updateOptions({ id, options: { lanes: 5, excludeTables: ["public.lines"] } });
  expect(await areFindingsCurrent(id)).toBe(false);
  await ferry.check(id);
  expect(await areFindingsCurrent(id)).toBe(true);
});
