import { beforeAll, describe, expect, it } from "vitest";
import { carrySchema } from "@/e2e/databases/carry";
import { loadRegression } from "@/e2e/databases/regression";
import { ferryAndScene, START_MS } from "@/e2e/imports/ferry-and-scene";
import { makeScene, query, SOURCE, TARGET } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import { testServer } from "@/e2e/servers/test-servers";
import { armFailpoints } from "@/lib/failpoints";
import { importOptionsSchema } from "@/lib/plan/options";
import { checkSignedText } from "@/lib/security/signing";
import { reportMarkdown } from "@/lib/verify/report/markdown";
import { type Report, reportSchema } from "@/lib/verify/report/report-schema";

const SHOP = `
  create table public.customers (id bigint generated always as identity primary key, name text not null, "odd | name" text);
  insert into public.customers (name) select 'customer ' || n from generate_series(1, 40) n;
  create table public.orders (id serial primary key, customer_id bigint references public.customers, total numeric check (total > 0));
  insert into public.orders (customer_id, total) select n, n from generate_series(1, 40) n;
  create index orders_total on public.orders (total);
  create materialized view public.sums as select sum(total) as total from public.orders;
  grant select on public.orders to public;`;

const { ferry, scene } = ferryAndScene(SHOP);
let id: string;
beforeAll(async () => {
  id = await ferry.run(scene.source.url, scene.target.url);
}, START_MS);

describe("the report of an import", () => {
  it("says table by table and object by object what was compared, and is signed", async () => {
    const { getReport } = await import("@/lib/imports/get-report");
    const { reportDigest } = await import("@/lib/imports/report-record");
    const { report, statement } = await getReport({ id });
    expect(reportSchema.parse(report)).toEqual(report);
    expect(report).toMatchObject({
      kind: "import",
      importId: id,
      verdict: "equal",
      totals: { tables: 2, rows: 80, differences: 0, leftOut: 1, notCompared: 0 },
      snapshots: { source: { name: expect.stringMatching(/^[0-9A-F]+-[0-9A-F]+-\d+$/) } },
      smoke: { tables: 2, rows: 10, differences: [], notCompared: [] },
      objects: { leftOut: [{ object: "grants on table public.orders" }], differences: [] },
    });
    expect(report.tables[0]).toMatchObject({
      schema: "public",
      rows: { source: 40, target: 40 },
      compared: "checksums",
    });
    expect(report.objects.kinds).toContainEqual({ kind: "table", count: 2 });
    expect(report.objects.states).toContainEqual({ what: "sequences not behind", count: 2 });
    expect(checkSignedText(statement)).toMatchObject({ valid: true });
    expect(statement).toMatch(/^2 tables, 80 rows, \d+ objects, 0 differences, snapshot \S+ at /m);
    expect(statement).toContain(`Report: sha256 ${reportDigest(report)}\n`);
    const words = reportMarkdown(report, statement);
    expect(words).toContain("| public.orders | 40 | 40 |");
    expect(words).toContain("grants on table public.orders");
    expect(JSON.stringify(report) + words).not.toContain("customer 7");
  });

  it("is not there before its import has ended", async () => {
    const { getReport } = await import("@/lib/imports/get-report");
    const draft = await ferry.create(scene.source.url, (await (await testServer(TARGET)).createDatabase("empty")).url);
    await expect(getReport({ id: draft })).rejects.toMatchObject({ code: "report.missing" });
  });
});

it("an import whose target was harmed in between ends with differences, each named", async () => {
  const harmed = await makeScene(`
    create function public.touch() returns trigger language plpgsql as 'begin return new; end';
    create table public.orders (id serial primary key, total int);
    insert into public.orders (total) select generate_series(1, 40);
    create table public.lines (id int primary key, order_id int references public.orders);
    create materialized view public.sums as select sum(total) from public.orders;
    create trigger touched before update on public.orders for each row execute function public.touch();`);
  const harm = () =>
    query(
      harmed.target.spec,
      `select setval('public.orders_id_seq', 39);
       alter table public.lines disable trigger all;
       refresh materialized view public.sums with no data;
       drop trigger touched on public.orders`,
    ).then(() => undefined);
  // Triggers come last of all: after them there is nothing but the verification.
  armFailpoints((name, { of }) => (name === "unit.done" && of?.startsWith("post:") ? harm() : undefined));
  const run = ferry.run(harmed.source.url, harmed.target.url).finally(() => armFailpoints(() => undefined));
  const view = await ferry.view(await run);
  expect(view.status).toBe("differences");
  const subjects = view.verification.differences.map(
    ({ subject, source, target }) => `${subject}: ${source}, ${target}`,
  );
  expect(subjects).toEqual(
    expect.arrayContaining([
      "sequence public.orders_id_seq: next value 41, next value 40",
      "constraint public.lines lines_order_id_fkey: enforced, its triggers are disabled",
      "materialized view public.sums: populated, not populated",
      "trigger public.orders touched: present, missing",
    ]),
  );
  const { getReport } = await import("@/lib/imports/get-report");
  const { report, statement } = await getReport({ id: view.id });
  expect(report.verdict).toBe("differences");
  expect(statement).toContain(`${report.totals.differences} differences`);
  await harmed.close();
});

async function verify(options = {}): Promise<Report> {
  const { verifyBoth } = await import("@/lib/imports/run/verify-both");
  const { source, target } = scene;
  return verifyBoth({ source: source.spec, target: target.spec, options: importOptionsSchema.parse(options) });
}

describe("a later verification", () => {
  it("finds nothing right after the import, and both sides' snapshots are told", async () => {
    const report = await verify();
    expect(reportSchema.parse(report)).toEqual(report);
    expect(report).toMatchObject({ kind: "later", verdict: "equal", totals: { tables: 2, rows: 80, differences: 0 } });
    expect(report.snapshots.target?.name).toMatch(/-/);
    expect(report.smoke).toMatchObject({ tables: 2, rows: 10, differences: [] });
  });

  it("finds what was done to the target since, each by its name", async () => {
    await query(
      scene.target.spec,
      `update public.orders set total = total + 1 where id = 3;
       delete from public.orders where id = 40;
       drop index public.orders_total;
       select setval('public.orders_id_seq', 12);
       alter table public.customers add surprise int;
       refresh materialized view public.sums with no data`,
    );
    const report = await verify();
    expect(report.verdict).toBe("differences");
    expect(report.tables.filter(({ equal }) => !equal)).toMatchObject([
      { name: "customers", rows: { source: 40, target: 40 }, detail: expect.stringContaining("surprise") },
      { name: "orders", rows: { source: 40, target: 39 }, compared: "checksums" },
    ]);
    expect(report.smoke?.differences).toEqual([
      { table: "public.orders", detail: "row 3 in the order of (id) is different in total" },
    ]);
    expect(report.objects.differences.map(({ code, subject }) => `${code} ${subject}`).sort()).toEqual([
      "object.different table public.customers",
      "object.missing index public.orders_total",
      "sequence.behind sequence public.orders_id_seq",
      "view.not_populated materialized view public.sums",
    ]);
  });

  it("is made from the page too, and forgets the source's password afterwards", async () => {
    const { verifyAgain } = await import("@/lib/imports/verify-again");
    const { listReports } = await import("@/lib/imports/list-reports");
    const { getReport } = await import("@/lib/imports/get-report");
    const { findCredential } = await import("@/lib/imports/credentials");
    const asked = async (source: string) => {
      const { number } = await verifyAgain({ id, source });
      await expect
        .poll(async () => (await listReports({ id }))[number]?.state, { timeout: 60_000 })
        .not.toBe("running");
      return (await listReports({ id }))[number];
    };
    expect(await asked(scene.source.url)).toMatchObject({ number: 1, kind: "later", state: "differences" });
    await expect.poll(() => findCredential(id, "source")).toBeNull();
    const { report, statement } = await getReport({ id, number: 1 });
    expect(report).toMatchObject({ kind: "later", importId: id, verdict: "differences" });
    expect(checkSignedText(statement)).toMatchObject({ valid: true });
    const nowhere = new URL(scene.source.url);
    nowhere.pathname = "/not_there";
    await expect(verifyAgain({ id, source: nowhere.href })).rejects.toMatchObject({ code: "connect.database_missing" });
    expect(await listReports({ id })).toHaveLength(2);
    expect(await findCredential(id, "source")).toBeNull();
    expect((await ferry.view(id)).status).toBe("succeeded");
  });

  it("says of a table that is gone that it is gone, and goes on with the others", async () => {
    await query(scene.target.spec, "drop table public.orders cascade");
    const report = await verify();
    expect(report.tables.find(({ name }) => name === "orders")).toMatchObject({ rows: null, equal: false });
    expect(report.tables.find(({ name }) => name === "customers")?.rows).toEqual({ source: 40, target: 40 });
    expect(report.totals.notCompared).toBe(1);
  });
});

/** The regression database has one of everything: states must raise no false alarm either. */
const PAIRS = (LONG_TESTS ? testServer.versions(14) : [SOURCE]).flatMap((from) =>
  (LONG_TESTS ? testServer.versions(Math.max(from, 17)) : [TARGET]).map((to) => [from, to] as const),
);
it.each(PAIRS)("the regression database of %i is the same on %i", async (from, to) => {
  const source = await (await testServer(from)).createDatabase("regression");
  const target = await (await testServer(to)).createDatabase("arrived");
  await loadRegression(source.spec, from);
  await carrySchema(source.spec, target.spec);
  const { verifyBoth } = await import("@/lib/imports/run/verify-both");
  const options = importOptionsSchema.parse({ content: "schema" });
  const report = await verifyBoth({ source: source.spec, target: target.spec, options });
  expect(report.objects.differences).toEqual([]);
  expect(report.verdict).toBe("equal");
  await Promise.all([source.drop(), target.drop()]);
});
