import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LONG_TESTS } from "@/e2e/long-tests";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { closeSession, openSession, withSession } from "@/lib/postgres/session";
import { CONTRADICTIONS } from "./contradictions";
import { isSeeded, seedDemo } from "./seed";

const session = { side: "metadata", name: "ferry demo test" } as const;

async function rowsOf<Row extends object>(spec: ConnectionSpec, sql: string): Promise<Row[]> {
  return withSession(spec, session, async (client) => (await client.query<Row>(sql)).rows);
}

/** Every table that holds rows of its own, with its number of rows and a checksum that no order of rows changes. */
async function contentOf(spec: ConnectionSpec): Promise<Map<string, { rows: number; checksum: string }>> {
  return withSession(spec, session, async (client) => {
    await client.query("set timezone = 'UTC'");
    const tables = await client.query<{ name: string }>(`
      select format('%I.%I', n.nspname, c.relname) as name
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname in ('public', 'catalog', 'sales', 'ops')
       order by n.nspname collate "C", c.relname collate "C"`);
    const content = new Map<string, { rows: number; checksum: string }>();
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ rows: number; checksum: string }>(`
        select count(*)::int as rows, md5(coalesce(string_agg(line, e'\\n' order by line collate "C"), '')) as checksum
          from (select t::text as line from ${name} t) lines`);
      const [found] = rows;
      if (found) content.set(name, found);
    }
    return content;
  });
}

describe.skipIf(!testServer.available(18))("the demo shop on Postgres 18", () => {
  let shop: TestDatabase;
  let seconds = 0;

  beforeAll(async () => {
    shop = await (await testServer(18)).createDatabase("demo");
    const startedAt = performance.now();
    await seedDemo(shop.spec);
    seconds = (performance.now() - startedAt) / 1000;
  });
  afterAll(() => shop.drop());

  it("holds 100,000 rows in about 30 tables", async () => {
    const content = await contentOf(shop.spec);
    expect([...content.values()].reduce((sum, { rows }) => sum + rows, 0)).toBe(100_000);
    const [count] = await rowsOf<{ tables: number }>(
      shop.spec,
      `select count(*)::int as tables from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where relkind in ('r', 'p') and not relispartition and nspname in ('public', 'catalog', 'sales', 'ops')`,
    );
    expect(count?.tables).toBe(32);
    expect([...content].filter(([, { rows }]) => rows === 0).map(([name]) => name)).toEqual(["ops.recall_notices"]);
  });

  it("is seeded in a few seconds", () => expect(seconds).toBeLessThan(20));

  it.each(CONTRADICTIONS)("has no %s", async (_what, sql) => {
    expect((await rowsOf(shop.spec, sql)).slice(0, 5)).toEqual([]);
  });

  it("has what an import must carry", async () => {
    const found = await rowsOf<{ what: string }>(
      shop.spec,
      `select distinct 'contype ' || contype::text as what from pg_constraint where connamespace >= 16384
       union select 'relkind ' || relkind::text from pg_class where relnamespace >= 16384
       union select 'index ' || amname from pg_class c join pg_am a on a.oid = relam where relkind in ('i', 'I') and c.oid >= 16384
       union select 'typtype ' || typtype::text from pg_type where oid >= 16384
       union select 'identity ' || attidentity::text from pg_attribute where attidentity <> ''
       union select 'generated' from pg_attribute where attgenerated = 's'
       union select 'deferrable' from pg_constraint where condeferrable and contype = 'f'
       union select 'not valid' from pg_constraint where not convalidated
       union select 'prokind ' || prokind::text from pg_proc where pronamespace in ('ops'::regnamespace, 'sales'::regnamespace)
       union select 'rule' from pg_rules where schemaname = 'ops'
       union select 'policy' from pg_policy
       union select 'statistics' from pg_statistic_ext
       union select 'extension ' || extname from pg_extension where extname <> 'plpgsql'
       union select 'two-level partitions' from pg_partition_tree('ops.parcel_scans') where level = 2
       order by 1`,
    );
    expect(found.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        ...["c", "f", "p", "t", "u", "x"].map((type) => `contype ${type}`),
        ...["I", "S", "c", "i", "m", "p", "r", "v"].map((kind) => `relkind ${kind}`),
        ...["brin", "btree", "gin", "gist", "hash"].map((method) => `index ${method}`),
        ...["b", "c", "d", "e"].map((type) => `typtype ${type}`),
        ...["identity a", "identity d", "generated", "deferrable", "not valid", "prokind f", "prokind p"],
        ...["rule", "policy", "statistics", "two-level partitions"],
        ...["btree_gist", "citext", "hstore", "pg_trgm"].map((name) => `extension ${name}`),
      ]),
    );
  });

  it("has triggers, a procedure and a deferred check that work", async () => {
    const client = await openSession(shop.spec, session);
    try {
      await client.query("begin");
      const [shelf] = (
        await client.query<{ variant_id: number; quantity: number }>(
          "select variant_id, quantity from ops.stock_levels where warehouse_id = 1 and quantity > 4 order by 2 desc, 1 limit 1",
        )
      ).rows;
      await client.query(`call ops.transfer_stock(${shelf?.variant_id}, 1, 2, 3)`);
      const levels = await client.query(
        `select quantity from ops.stock_levels where variant_id = ${shelf?.variant_id} and warehouse_id in (1, 2) order by 1`,
      );
      expect(levels.rows).toEqual([{ quantity: 3 }, { quantity: Number(shelf?.quantity) - 3 }]);

      await client.query("update catalog.product_variants set price = price + 1 where id = 1");
      const audit = await client.query("select action, changed_by from ops.audit_log order by id desc limit 1");
      expect(audit.rows).toEqual([{ action: "update", changed_by: shop.spec.user }]);

      const search = await client.query("select name from catalog.find_products('chefs knife', 3)");
      expect(search.rows[0]).toMatchObject({ name: expect.stringContaining("Knife") });

      await client.query("update sales.order_lines set quantity = quantity + 1 where order_id = 1 and line_no = 1");
      await expect(client.query("commit")).rejects.toMatchObject({ code: "23514" });
    } finally {
      await closeSession(client);
    }
  });

  it("leaves nothing of its own making behind, and does nothing a second time", async () => {
    const before = await contentOf(shop.spec);
    await seedDemo(shop.spec);
    expect(await contentOf(shop.spec)).toEqual(before);
    const strangers = await rowsOf(shop.spec, "select nspname from pg_namespace where nspname ~ 'ferry|demo'");
    expect(strangers).toEqual([]);
  });

  it.each(testServer.versions(14, LONG_TESTS ? 17 : 14))(
    "is the same on Postgres %i, under an owner without privileges",
    async (version) => {
      const server = await testServer(version);
      const other = await server.createDatabase("demo");
      const owner = await server.createRole();
      try {
        await rowsOf(other.spec, `alter database "${other.spec.database}" owner to "${owner.spec.user}"`);
        await seedDemo({ ...owner.spec, database: other.spec.database });
        expect(await contentOf(other.spec)).toEqual(await contentOf(shop.spec));
      } finally {
        await other.drop();
        await owner.drop();
      }
    },
  );

  it("seeds again after an interruption", async () => {
    const other = await (await testServer(18)).createDatabase("demo");
    try {
      expect(await isSeeded(other.spec)).toBe(false);
      const interrupted = seedDemo(other.spec);
      interrupted.catch(() => {});
      await expect.poll(() => endSeedAtWork(other.spec), { timeout: 10_000, interval: 20 }).toBe(true);
      await expect(interrupted).rejects.toThrow();
      expect(await isSeeded(other.spec)).toBe(false);

      await seedDemo(other.spec);
      expect(await isSeeded(other.spec)).toBe(true);
      expect(await contentOf(other.spec)).toEqual(await contentOf(shop.spec));
    } finally {
      await other.drop();
    }
  });

  it("lets two seeds at once make one shop", async () => {
    const other = await (await testServer(18)).createDatabase("demo");
    try {
      await Promise.all([seedDemo(other.spec), seedDemo(other.spec)]);
      expect(await contentOf(other.spec)).toEqual(await contentOf(shop.spec));
    } finally {
      await other.drop();
    }
  });

  it("refuses a database that holds something else", async () => {
    const other = await (await testServer(18)).createDatabase("demo");
    try {
      await rowsOf(other.spec, "create table precious (id int)");
      await expect(seedDemo(other.spec)).rejects.toThrow(/not empty/);
      expect(await rowsOf(other.spec, "select * from precious")).toEqual([]);
      expect(await isSeeded(other.spec)).toBe(false);
    } finally {
      await other.drop();
    }
  });
});

/** Ends the seeding session once it has written something; true when one was ended. */
async function endSeedAtWork(spec: ConnectionSpec): Promise<boolean> {
  const ended = await rowsOf(
    spec,
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'ferry demo' and backend_xid is not null
        and query like '%insert into%'`,
  );
  return ended.length > 0;
}
