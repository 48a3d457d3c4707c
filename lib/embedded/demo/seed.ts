import { readFile } from "node:fs/promises";
import type { Client } from "pg";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { quoteIdentifier, quoteLiteral } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";

/** In the order in which they build on each other: tables, then rows, then what is checked or computed from rows. */
const FILES = [
  ...["types", "catalog", "customers", "sales", "operations"].map((name) => `schema/${name}.sql`),
  ...["words", "range", "products", "customers", "orders", "staff", "payments", "deliveries", "stock", "visits"].map(
    (name) => `data/${name}.sql`,
  ),
  ...["sequences", "keys", "indexes", "routines", "triggers", "views", "access", "comments"].map(
    (name) => `finish/${name}.sql`,
  ),
];

/** The comment on the database, written by the transaction that seeds it: there is no half-seeded shop. */
const MARKER = "Alder & Fell, outdoor and home: the demo shop of Ferry, 2024 to June 2025";

const READ_MARKER = `
  select pg_catalog.shobj_description(oid, 'pg_database') as marker
    from pg_catalog.pg_database
   where datname = pg_catalog.current_database()`;

/** Relations that are neither the server's nor an extension's. */
const COUNT_STRANGERS = `
  select count(*)::int as relations
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where n.nspname <> 'information_schema'
     and n.nspname !~ '^pg_'
     and not exists (
       select from pg_catalog.pg_depend d
        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;

/** One seed at a time in a database: a second one waits, then finds the marker. */
const LOCK = "select pg_catalog.pg_advisory_xact_lock(4656727279)";

export async function isSeeded(spec: ConnectionSpec): Promise<boolean> {
  return withSession(spec, { side: "metadata", name: "ferry demo" }, hasMarker);
}

/**
 * Fills an empty database with the demo shop: the same 100,000 rows on every server. Does nothing where the shop
 * is already, and refuses a database that holds something else. Needs the database's owner, not a superuser.
 */
export async function seedDemo(spec: ConnectionSpec): Promise<void> {
  const files = await Promise.all(FILES.map((file) => readFile(new URL(file, import.meta.url), "utf8")));
  await withSession(spec, { side: "metadata", name: "ferry demo" }, async (client) => {
    await client.query("begin");
    // So that dates are read and written alike whatever the server's settings.
    await client.query(`
      set local timezone = 'UTC';
      set local datestyle = 'ISO, YMD';
      set local intervalstyle = 'postgres';
      set local client_min_messages = 'warning'`);
    await client.query(LOCK);
    if (await hasMarker(client)) return;
    await refuseStrangers(client, spec);
    for (const sql of files) await client.query(sql);
    await client.query("analyze");
    await client.query(`comment on database ${quoteIdentifier(spec.database)} is ${quoteLiteral(MARKER)}`);
    await client.query("commit");
    await client.query("vacuum");
  });
}

async function hasMarker(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ marker: string | null }>(READ_MARKER);
  return rows[0]?.marker === MARKER;
}

async function refuseStrangers(client: Client, spec: ConnectionSpec): Promise<void> {
  const { rows } = await client.query<{ relations: number }>(COUNT_STRANGERS);
  if (rows[0]?.relations) {
    throw new Error(`Database ${spec.database} is not empty, so the demo shop is not put into it.`);
  }
}
