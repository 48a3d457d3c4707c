import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FerryRig, QUICK_RETRIES, startFerry } from "@/e2e/imports/ferry-rig";
import { makeScene, query, type Scene, TARGET } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import { type TestRole, testServer } from "@/e2e/servers/test-servers";
import { armFailpoints } from "@/lib/failpoints";
import { getReport } from "@/lib/imports/get-report";
import { verifyBoth } from "@/lib/imports/run/verify-both";
import type { ImportView } from "@/lib/imports/view";
import { type ImportOptions, importOptionsSchema } from "@/lib/plan/options";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { quoteQualified } from "@/lib/postgres/quote";

/** Two tables that refer to each other, one that refers to itself, partitions, and values that a trigger would change. */
const TABLES_SQL = `
  create type public.mood as enum ('fine', 'so so');
  create table public.people (
    id int generated always as identity primary key, best_order int, boss int references public.people,
    name text not null, mood public.mood, shout text generated always as (upper(name)) stored);
  create table public.orders (id bigserial primary key, person int not null references public.people, total numeric(10,2));
  alter table public.people add constraint people_best_order_fkey
    foreign key (best_order) references public.orders on delete set null deferrable initially deferred;
  comment on constraint people_best_order_fkey on public.people is 'their ''best''';
  create table public.days (day date not null, person int references public.people) partition by range (day);
  create table public.may partition of public.days for values from ('2026-05-01') to ('2026-06-01');
  create table public.june partition of public.days for values from ('2026-06-01') to ('2026-07-01');
  create sequence public.numbers;
  create materialized view public.totals as select person, sum(total) as sum from public.orders group by 1;
  create materialized view public.most as select max(sum) as sum from public.totals;`;

const ROWS_SQL = `
  insert into public.people (name, mood) select 'person ' || n, 'fine' from generate_series(1, 400) n;
  insert into public.orders (person, total) select 1 + n % 400, n from generate_series(1, 3000) n;
  update public.people set best_order = id, boss = 401 - id;
  insert into public.days select '2026-05-01'::date + n % 60, 1 + n % 400 from generate_series(1, 500) n;
  select setval('public.numbers', 77);`;

/** What only the target has: each of these would refuse or change rows, or notices that they came. */
const OWN_SQL = `
  create table public.noticed (what text);
  create function public.notice() returns trigger language plpgsql as
    $$ begin insert into public.noticed values (tg_table_name); return null; end $$;
  create function public.spoil() returns trigger language plpgsql as $$ begin new.name := 'spoiled'; return new; end $$;
  create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'not here'; end $$;
  create trigger notice after insert or truncate on public.orders execute function public.notice();
  create trigger spoil before insert on public.people for each row execute function public.spoil();
  alter table public.people enable always trigger spoil;
  create trigger refuse before insert on public.people for each row execute function public.refuse();
  alter table public.people disable trigger refuse;
  create trigger mirrored before insert on public.people for each row execute function public.refuse();
  alter table public.people enable replica trigger mirrored;
  alter table public.orders add column note text default 'ours', add column seen timestamptz;
  alter table public.orders add constraint unchecked foreign key (id) references public.orders (id) not valid;
  create index on public.orders (person);
  alter table public.may add constraint day_known check (day > '2000-01-01') not valid;
  create rule ignored as on insert to public.orders do instead nothing;`;

/** Everything of the target's schema that an import could have changed. */
const SCHEMA = `
  select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated || coalesce(obj_description(oid), '') as what
    from pg_constraint where connamespace = 'public'::regnamespace and conparentid = 0 and contype <> 'n'
  union all select 'trigger ' || tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal
  union all select 'column ' || attrelid::regclass || ' ' || attname || ' ' || format_type(atttypid, atttypmod)
    from pg_attribute a join pg_class c on c.oid = attrelid where relnamespace = 'public'::regnamespace and attnum > 0
  union all select 'rule ' || rulename || ev_enabled::text from pg_rewrite where oid >= 16384 and rulename <> '_RETURN'
  union all select 'schema ' || nspname from pg_namespace where nspname !~ '^pg_'
  order by 1`;

let ferry: FerryRig;
let scene: Scene;
let owner: TestRole;

beforeAll(async () => {
  ferry = await startFerry({ tuning: QUICK_RETRIES });
});
afterAll(() => ferry?.stop());
afterEach(async () => {
  armFailpoints(() => undefined);
  await query(scene.target.spec, `alter database "${scene.target.spec.database}" owner to current_user`);
  await owner.drop();
  await scene.close();
});

const schemaOf = async (spec: ConnectionSpec) => (await query<{ what: string }>(spec, SCHEMA)).map(({ what }) => what);

/** The target belongs to one who is no superuser, as on Neon. */
async function prepare(targetSql = TABLES_SQL + OWN_SQL, sourceSql = TABLES_SQL + ROWS_SQL): Promise<Scene> {
  scene = await makeScene(sourceSql);
  const { database } = scene.target.spec;
  owner = await (await testServer(TARGET)).createRole({ database });
  await query(scene.target.spec, `alter database "${database}" owner to "${owner.name}"`);
  await query(owner.spec, targetSql);
  return scene;
}

const OPTIONS: Partial<ImportOptions> = { content: "data" };
const create = (options: Partial<ImportOptions> = {}, url = scene.source.url) =>
  ferry.create(url, owner.url, { ...OPTIONS, ...options });

async function ended(id: string): Promise<ImportView> {
  await ferry.start(id);
  return ferry.waitForEnd(id);
}

/** Rows with the source's columns only, whatever their order. */
async function rowsOf(spec: ConnectionSpec, schema: string, name: string, columns: string[]): Promise<string> {
  const sql = `select md5(string_agg(t::text, ',' order by t::text)) as digest
                 from (select ${columns.join(", ")} from only ${quoteQualified(schema, name)}) t`;
  return String((await query<{ digest: string }>(spec, sql))[0]?.digest);
}

async function expectSameRows(): Promise<void> {
  const tables: [string, string[]][] = [
    ["people", ["id", "best_order", "boss", "name", "mood", "shout"]],
    ["orders", ["id", "person", "total"]],
    ["may", ["day", "person"]],
    ["june", ["day", "person"]],
    ["totals", ["person", "sum"]],
    ["most", ["sum"]],
  ];
  if ((await query(scene.source.spec, "select from pg_matviews where ispopulated")).length > 0) {
    await query(scene.source.spec, "refresh materialized view totals; refresh materialized view most");
  }
  for (const [name, columns] of tables) {
    const [was, is] = await Promise.all(
      [scene.source, scene.target].map(({ spec }) => rowsOf(spec, "public", name, columns)),
    );
    expect(is, name).toBe(was);
  }
}

describe("an import of data only", () => {
  it("fills the tables that are there, whatever would refuse or change rows, and leaves all as it was", async () => {
    await prepare();
    const before = await schemaOf(scene.target.spec);
    const id = await create();
    const draft = await ferry.view(id);
    expect(draft.findings.filter(({ severity }) => severity === "block")).toEqual([]);
    const messages = draft.findings.map(({ message }) => message).join("\n");
    expect(messages).toContain("5 foreign keys and 2 triggers of the target are put aside");
    const view = await ended(id);
    expect(view.error).toBeNull();
    expect(view).toMatchObject({ status: "succeeded", verification: { status: "equal", differences: [] } });
    expect(await schemaOf(scene.target.spec)).toEqual(before);
    await expectSameRows();
    expect(await query(scene.target.spec, "select * from noticed")).toEqual([]);
    expect(await query(scene.target.spec, "select distinct note, seen from orders")).toEqual([
      { note: "ours", seen: null },
    ]);
    const [next] = await query(
      scene.target.spec,
      `select nextval('numbers')::int as number, nextval('orders_id_seq')::int as orders, nextval('people_id_seq')::int as people`,
    );
    expect(next).toEqual({ number: 78, orders: 3001, people: 401 });
    const { report, statement } = await getReport({ id });
    expect(report).toMatchObject({ content: "data", verdict: "equal", totals: { tables: 4, objects: 0 } });
    expect(report.tables.map(({ compared }) => compared)).toEqual(Array(4).fill("checksums"));
    expect(report.objects.states).toContainEqual({ what: "triggers put back as they were", count: 2 });
    expect(statement).toContain("objects not compared");
    expect(statement).toContain("Objects: not compared, since only rows were imported");
    const options = importOptionsSchema.parse({ content: "data", verify: "checksums" });
    const later = await verifyBoth({ source: scene.source.spec, target: scene.target.spec, options });
    expect(later).toMatchObject({ verdict: "equal", content: "data", totals: { tables: 4, rows: 3900 } });
  });
});

/** A check of the target's own that one row of the source breaks. */
const REFUSING = "alter table public.orders add constraint few check (total < 2900)";
const LEDGER = "select 1 from pg_namespace where nspname = '_ferry'";

async function failed(): Promise<{ id: string; before: string[] }> {
  await prepare();
  const before = await schemaOf(scene.target.spec);
  await query(scene.target.spec, REFUSING);
  const id = await create({ lanes: 1 });
  const view = await ended(id);
  expect(view).toMatchObject({ status: "failed", error: { code: "copy.refused" } });
  const told = view.events.filter(({ kind }) => kind === "aside.held").map(({ message }) => message);
  expect(told).toEqual([
    expect.stringContaining("5 foreign keys and 2 triggers of the target may still be put aside."),
  ]);
  expect(told[0]).toContain(
    'add constraint "people_best_order_fkey" FOREIGN KEY (best_order) REFERENCES public.orders(id)',
  );
  expect(told[0]).toContain('alter table "public"."people" enable always trigger "spoil";');
  await query(scene.target.spec, "alter table public.orders drop constraint few");
  return { id, before };
}

describe("an import of data only that is broken off", () => {
  it.each(LONG_TESTS ? [false, true] : [true])("goes on when it is retried (everything again: %s)", async (all) => {
    const { id, before } = await failed();
    await ferry.retry(id, all);
    expect(await ferry.waitForEnd(id)).toMatchObject({ status: "succeeded", verification: { differences: [] } });
    expect(await schemaOf(scene.target.spec)).toEqual(before);
    await expectSameRows();
  });

  it.each(LONG_TESTS ? [false, true] : [false])(
    "puts everything back when it is cancelled (discard: %s)",
    async (discard) => {
      const { id, before } = await failed();
      await ferry.cancel(id, discard);
      await ferry.untilCleanedUp(id);
      expect((await schemaOf(scene.target.spec)).map((what) => what.replace("NOT VALID false", "true"))).toEqual(
        before.map((what) => what.replace("NOT VALID false", "true")),
      );
      expect(await query(scene.target.spec, LEDGER)).toEqual([]);
      const { events } = await ferry.view(id);
      if (!discard) return;
      expect(events.map(({ kind }) => kind)).toContain("aside.back");
      expect(await schemaOf(scene.target.spec)).toEqual(before);
      expect(
        await query(scene.target.spec, "select from people union all select from orders union all select from days"),
      ).toEqual([]);
    },
  );

  it("loses nothing where sessions die as they put aside and put back", async () => {
    await prepare();
    const before = await schemaOf(scene.target.spec);
    const struck = new Set<string>();
    armFailpoints((name, { of = "", session }) => {
      const isOne = /^(schema:aside|constraints:1|post:1)$/.test(of) && /^ledger\.(worked|committed)$/.test(name);
      if (!isOne || struck.has(`${name} ${of}`)) return;
      struck.add(`${name} ${of}`);
      return session?.query("select pg_terminate_backend(pg_backend_pid())").then(() => {});
    });
    const view = await ended(await create());
    expect(struck.size).toBe(6);
    expect(view).toMatchObject({ status: "succeeded", verification: { differences: [] } });
    expect(await schemaOf(scene.target.spec)).toEqual(before);
    await expectSameRows();
  });
});

describe("a target that cannot take the rows", () => {
  it("is told by the checks, each thing by itself, and nothing is touched", async () => {
    await prepare(
      `create type public.mood as enum ('fine');
       create table public.people (id int primary key, best_order bigint, boss int, name text, mood public.mood, shout text, must int not null);
       create table public.orders (id bigserial primary key, person int);
       insert into public.orders (person) values (1);
       create table public.days (day date not null, person int);
       create table public.may (day date not null, person int) partition by range (day);
       create sequence public.numbers maxvalue 9;`,
    );
    const id = await create();
    const { findings, status } = await ferry.view(id);
    const blocks = findings.filter(({ severity }) => severity === "block");
    expect(blocks.map(({ code, message }) => `${code}: ${message.split(": ")[1]}`).sort()).toEqual([
      "target.generated: public.people.shout (generated only on the source).",
      "target.missing_column: public.orders.total.",
      "target.missing_table: public.june.",
      "target.needed_column: public.people.must.",
      "target.not_a_table: public.may (a partitioned table there, and not one here).",
      "target.not_empty: public.orders.",
      "target.sequence: public.numbers (1 to 9223372036854775807, there 1 to 9).",
      "target.type: public.people.best_order (integer, there bigint).",
    ]);
    expect(status).toBe("blocked");
  });

  it.skipIf(!LONG_TESTS)("is left alone where rows have come after the checks", async () => {
    await prepare();
    const before = await schemaOf(scene.target.spec);
    const id = await create();
    await query(scene.target.spec, "insert into public.days values ('2026-06-02', null)");
    const view = await ended(id);
    expect(view).toMatchObject({ status: "blocked", error: { code: "check.blocked" } });
    expect(view.error?.what).toContain("public.june");
    expect(await query(scene.target.spec, "select day::text from june")).toEqual([{ day: "2026-06-02" }]);
    expect((await schemaOf(scene.target.spec)).filter((what) => what !== "schema _ferry")).toEqual(before);
  });

  it("is left alone where rows have come after the plan, also by a cancel that discards", async () => {
    await prepare();
    const before = await schemaOf(scene.target.spec);
    armFailpoints((name) =>
      name === "plan.committed"
        ? query(scene.target.spec, "insert into public.days values ('2026-06-02', null)").then(() => {})
        : undefined,
    );
    const id = await create();
    const view = await ended(id);
    expect(view).toMatchObject({ status: "failed", error: { code: "target.changed" } });
    expect(view.error?.what).toBe("On the target, table public.june has rows, and had none when it was checked.");
    await ferry.cancel(id, true);
    await ferry.untilCleanedUp(id);
    expect(await query(scene.target.spec, "select day::text from june")).toEqual([{ day: "2026-06-02" }]);
    expect(await schemaOf(scene.target.spec)).toEqual(before);
  });

  it("and whose own foreign key the rows break keeps it for new ones, as a difference", async () => {
    await prepare(
      "create table public.people (id int primary key); create table public.orders (id int, person int references public.people)",
      "create table public.people (id int primary key); create table public.orders (id int, person int); insert into public.orders values (1, 7)",
    );
    const view = await ended(await create());
    expect(view.status).toBe("differences");
    expect(view.verification.differences.map(({ subject }) => subject)).toEqual([
      "valid foreign key public.orders orders_person_fkey",
    ]);
    expect(view.verification.differences[0]?.detail).toContain("Key (person)=(7) is not present");
    expect(await schemaOf(scene.target.spec)).toContainEqual(
      "constraint orders orders_person_fkey FOREIGN KEY (person) REFERENCES people(id) NOT VALID false",
    );
  });
});
