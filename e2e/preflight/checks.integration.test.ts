import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inSession, query } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import {
  type PrivateServer,
  privateServer,
  type TestDatabase,
  testServer,
  type Version,
} from "@/e2e/servers/test-servers";
import { checkBoth } from "@/lib/imports/run/inspect-both";
import { type ImportOptions, importOptionsSchema } from "@/lib/plan/options";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import type { Finding, Severity } from "@/lib/preflight/finding";
import { urlTarget } from "@/lib/target/url";
import { sourceAddedSql, sourceSql } from "./source";

/** The oldest, and one that is often met; with FERRY_LONG_TESTS all that have what the source is made of. */
const SOURCES = (LONG_TESTS ? testServer.versions(10, 16) : [10, 15]).filter((version): version is Version =>
  testServer.available(version as Version),
);
const TARGET: Version = 17;

/** From where to where, and with which choices. */
const reports = {
  plain: "from a superuser to a plain owner",
  reader: "from a role that may read little",
  keep: "with owners kept, to one who may create roles",
  keepPlain: "with owners kept, to one who may not",
  superuser: "to a superuser",
  neon: "to one like Neon's",
  alone: "without a target",
  shopOnly: "of one schema",
  schemaOnly: "without rows",
  objects: "with large objects",
} as const;
type Report = keyof typeof reports;

type Outcome = Severity | "nothing";
/** Which report, what is looked at, its code, what is said, and words that must (or for `nothing` must not) be there. */
type Case = [report: Report, what: string, code: string, outcome: Outcome, words?: RegExp];

const STRANGER = "Strange Owner";

const cases = (version: number): Case[] => [
  // Server
  ["plain", "its version", "server.version", "info", new RegExp(`Postgres ${version}\\.`)],
  ["plain", "an encoding that is known", "server.sql_ascii", "nothing"],
  ["plain", "enough connections", "server.connections", "nothing"],
  ["plain", "a primary", "server.replica", "nothing"],
  ["plain", "limits that a session can turn off", "server.timeouts", "nothing"],
  ["plain", "no threshold of old snapshots", "server.snapshot_age", "nothing"],
  ["plain", "a library of the version it was made with", "server.collation_version", "nothing"],
  ["plain", "a newer target", "server.target_older", "nothing"],
  ["plain", "no lock", "server.locked", "nothing"],
  ["plain", "no prepared transaction", "server.prepared_transactions", "nothing"],
  ["plain", "no long transaction", "server.long_transactions", "nothing"],
  ["plain", "transactions that are young", "server.wraparound", "nothing"],
  ["plain", "no replica behind", "server.standby_lag", "nothing"],
  ["reader", "what a plain role may not see of others", "check.failed", "nothing"],
  // Size
  ["plain", "tables and their size", "size.database", "info", /\d+ tables with .* of data; the database takes \d/],
  ["plain", "an estimate", "size.estimate", "info", /^(?:Some|About .*) seconds for .* 2 lanes/],
  ["schemaOnly", "an estimate", "size.estimate", "info", /without rows/],
  ["plain", "an unlogged table", "size.unlogged", "info", /shop\.fleeting\.$/],
  ["alone", "an unlogged table", "size.unlogged", "warn", /Neon empties them.*shop\.fleeting/],
  ["neon", "an unlogged table", "size.unlogged", "warn", /shop\.fleeting/],
  ["plain", "logged tables", "size.unlogged", "nothing", /orders|customers/],
  ["plain", "large objects that are not asked for", "size.large_objects", "warn", /2 large objects/],
  ["objects", "large objects that are asked for", "size.large_objects", "info", /2 large objects/],
  ["schemaOnly", "large objects of which none is wanted", "size.large_objects", "nothing"],
  ["neon", "a plan's limit that is too small", "size.target_limit", "block", /may hold 1\.0 MB/],
  ["plain", "a target without a limit", "size.target_limit", "nothing"],
  // Privileges
  ["reader", "a closed table", "privileges.select", "block", /closed\.secret/],
  ["reader", "a closed sequence", "privileges.select", "block", /closed\.counter/],
  ["reader", "an open table", "privileges.select", "nothing", /shop\.orders/],
  ["plain", "a superuser", "privileges.select", "nothing"],
  ["shopOnly", "a closed table outside of the choice", "privileges.select", "nothing", /closed/],
  ["reader", "row security", "privileges.row_security", "block", /shop\.guarded/],
  ["reader", "row security that is forced", "privileges.row_security", "block", /closed\.forced/],
  ["reader", "no row security", "privileges.row_security", "nothing", /shop\.orders/],
  ["plain", "row security for a superuser", "privileges.row_security", "nothing"],
  ["objects", "large objects for a superuser", "privileges.large_objects", "nothing"],
  // Extensions
  ["plain", "extensions that the target has", "extensions.available", "info", /cube .*hstore .*pgcrypto/],
  ["plain", "one that nothing uses and the target lacks", "extensions.left_out", "info", /adminpack/],
  ["plain", "one that is not older there", "extensions.older", "nothing", /pg_trgm|hstore/],
  [
    "plain",
    "one that only a superuser may create",
    "extensions.missing",
    "block",
    /pageinspect.*only a superuser.*view special\.pages/,
  ],
  ["superuser", "one that a superuser may create", "extensions.missing", "nothing", /pageinspect/],
  ["plain", "a foreign data wrapper that a superuser creates", "extensions.missing", "block", /postgres_fdw.*far/],
  ["plain", "a trusted one that is used", "extensions.missing", "nothing", /citext|pg_trgm|cube|hstore/],
  ["shopOnly", "one that only others need", "extensions.missing", "nothing", /pageinspect/],
  [
    "alone",
    "one that Neon does not list and nothing uses",
    "extensions.left_out",
    "info",
    /does not list extension adminpack/,
  ],
  [
    "alone",
    "one that Neon does not list and something uses",
    "extensions.not_listed",
    "warn",
    /pageinspect.*view special\.pages/,
  ],
  ["alone", "those that Neon lists", "extensions.available", "info", /citext.*hstore.*moddatetime/],
  ["alone", "the language of every database", "extensions.available", "nothing", /plpgsql/],
  ["plain", "no provider", "extensions.provider", "nothing"],
  // Inside
  [
    "plain",
    "what else there is",
    "inside.contents",
    "info",
    /[23] views, 2 materialized views, 1 partitioned table, 1 table that inherits/,
  ],
  ["plain", "routines, without those of extensions", "inside.contents", "info", /(?:18|19) routines/],
  ["plain", "constraints", "inside.contents", "info", /1 exclusion constraint, 1 deferrable constraint/],
  ["plain", "no temporary table", "inside.temporary", "nothing"],
  ["plain", "no subscription", "inside.subscriptions", "nothing"],
  ["plain", "a table without primary key", "inside.primary_key", "info", /shop\.log/],
  ["plain", "tables with a primary key", "inside.primary_key", "nothing", /shop\.orders|old\.spans/],
  ["shopOnly", "a partition outside of the choice", "inside.primary_key", "nothing", /parted/],
  ["plain", "a name with a quote in it", "inside.names", "info", /odd\.Has\\"quote/],
  ["plain", "a name of two lines", "inside.names", "info", /odd\.two\\nlines/],
  ["plain", "the longest name", "inside.names", "info", /x{63}/],
  ["plain", "a column with a quote in it", "inside.names", "info", /Mixed Case\.column\\"quoted/],
  ["plain", "a usual name", "inside.names", "nothing", /customers/],
  ["plain", "a check that is not valid", "inside.not_valid", "info", /child_positive of old\.child/],
  ["plain", "a foreign key that is not valid", "inside.not_valid", "info", /child_parent of old\.child/],
  ["plain", "a check that is valid", "inside.not_valid", "nothing", /child_proven/],
  ["plain", "an invalid index", "inside.invalid_indexes", "warn", /old\.half_built of old\.doubles/],
  ["plain", "valid indexes", "inside.invalid_indexes", "nothing", /customers_name|by_call/],
  [
    "plain",
    "a check by a function that needs a search path",
    "inside.search_path",
    "warn",
    /trap\.bare names rates .*Bare Check/,
  ],
  ["plain", "an index by one", "inside.search_path", "warn", /trap\.calls names Helper .*by_call/],
  ["plain", "a materialized view by one", "inside.search_path", "warn", /materialized view trap\.ready/],
  ["plain", "a function that names the schema", "inside.search_path", "nothing", /trap\.full_name/],
  ["plain", "a function that has a search path", "inside.search_path", "nothing", /trap\.pinned/],
  ["plain", "a function that names it in strings and comments only", "inside.search_path", "nothing", /trap\.pure/],
  ["plain", "a function that nothing leans on", "inside.search_path", "nothing", /trap\.unused/],
  ["shopOnly", "such a function outside of the choice", "inside.search_path", "nothing"],
  [
    "plain",
    "a check that reads another table",
    "inside.check_reads_tables",
    "warn",
    /full_check of trap\.bookings reads trap\.rates/,
  ],
  ["plain", "a domain's check that does", "inside.check_reads_tables", "warn", /known_rate of trap\.known/],
  ["plain", "a check that does and is not valid", "inside.check_reads_tables", "nothing", /waits/],
  ["plain", "a check that reads nothing", "inside.check_reads_tables", "nothing", /pure_check/],
  ["plain", "a function in C", "inside.left_out", "warn", /special\.in_c\(.*language c/],
  ["plain", "a function of the server's own code", "inside.left_out", "warn", /special\.box_in\(.*language internal/],
  ["plain", "functions in sql and plpgsql", "inside.left_out", "nothing", /in_sql|in_plpgsql/],
  ["plain", "a base type", "inside.left_out", "warn", /type special\.waiting.*a base type/],
  ["plain", "a type that waits for its functions", "inside.left_out", "warn", /shell type special\.shell/],
  ["plain", "enums and domains", "inside.left_out", "nothing", /old\.mood[^)]|old\.price/],
  ["plain", "an operator class", "inside.left_out", "warn", /operator class special\.numbers/],
  [
    "plain",
    "a cast without a function",
    "inside.left_out",
    "warn",
    /cast \(special\.waiting AS integer\).*binary-coercible/,
  ],
  ["plain", "a cast with one", "inside.left_out", "nothing", /old\.mood AS integer/],
  ["plain", "an aggregate over internal state", "inside.left_out", "warn", /aggregate special\.collect/],
  ["plain", "another aggregate", "inside.left_out", "nothing", /sum_up/],
  ["plain", "a text search parser", "inside.left_out", "warn", /parser special\.words/],
  ["plain", "a text search template", "inside.left_out", "warn", /template special\.plain/],
  ["plain", "a foreign data wrapper", "inside.left_out", "warn", /wrapper special_wrapper/],
  ["plain", "one of an extension", "inside.left_out", "nothing", /wrapper postgres_fdw/],
  ["plain", "an event trigger", "inside.left_out", "warn", /event trigger special_watch/],
  ["neon", "an event trigger there", "inside.best_effort", "info", /event trigger special_watch/],
  ["superuser", "all of these", "inside.left_out", "nothing"],
  ["alone", "all of these", "inside.left_out", "nothing"],
  ["shopOnly", "all of these outside of the choice", "inside.left_out", "nothing", /special\./],
  ["plain", "a publication of all tables", "inside.left_out", "warn", /publication everything/],
  ["plain", "a publication of some", "inside.left_out", "nothing", /some_tables/],
  ["neon", "a publication of all tables there", "inside.left_out", "nothing", /publication/],
  ["plain", "a foreign table", "inside.foreign_tables", "info", /special\.distant/],
  ["plain", "whether it will work", "inside.best_effort", "info", /foreign table special\.distant/],
  ["plain", "other roles", "inside.roles", "info", /Strange Owner.*grants are left out/],
  ["keep", "roles that will be created", "inside.roles", "info", /will be created.*Strange Owner, Strange Owner two/],
  ["keep", "roles that will own", "inside.owners", "nothing", /Strange/],
  ["keepPlain", "roles that cannot own", "inside.owners", "warn", /may not act as .*Strange Owner/],
  ["keepPlain", "a policy that forbids, without its role", "inside.policies", "block", /forbids on shop\.guarded/],
  ["keepPlain", "a policy that allows, without its role", "inside.policies", "warn", /allows on shop\.guarded/],
  ["keepPlain", "a policy for everybody", "inside.policies", "nothing", /for_all/],
  ["keep", "policies where roles are created", "inside.policies", "nothing"],
  ["plain", "a server of nobody's", "source.provider", "nothing"],
  ["plain", "foreign keys within", "inside.provider_keys", "nothing"],
  // Target
  ["plain", "an empty target", "target.not_empty", "nothing"],
  ["superuser", "a target that is not empty", "target.not_empty", "block", /public\.mine/],
  ["plain", "its owner", "target.create", "nothing"],
  ["keep", "one who may not create there", "target.create", "block"],
  ["plain", "two databases", "target.same_database", "nothing"],
  ["plain", "two databases in UTF8", "target.encoding", "nothing"],
  ["plain", "a host that tells no region", "target.region", "nothing"],
];

const extras = (version: number): Case[] => [
  ...(version >= 14
    ? ([
        ["plain", "one that is older there", "extensions.older", "warn", /citext is 1\.6 .* only 1\.4/],
      ] satisfies Case[])
    : []),
  ...(version >= 14
    ? ([
        [
          "plain",
          "one that the target lacks and a view uses",
          "extensions.missing",
          "block",
          /old_snapshot.*view old\.mapping/,
        ],
        ["plain", "a function whose body was parsed", "inside.search_path", "nothing", /parsed/],
      ] satisfies Case[])
    : []),
  ...(version === 10
    ? ([
        [
          "plain",
          "one that the target lacks and a table uses",
          "extensions.missing",
          "block",
          /chkpass.*table old\.passwords/,
        ],
      ] satisfies Case[])
    : []),
  ...(version >= 15
    ? ([
        ["plain", "a publication of a schema", "inside.left_out", "warn", /publication whole_schema/],
        ["plain", "a tablespace", "inside.tablespaces", "info", /elsewhere \(1 relation\)/],
      ] satisfies Case[])
    : []),
  ...(version >= 12
    ? ([["plain", "generated columns", "inside.contents", "info", /1 generated column/]] satisfies Case[])
    : []),
];

describe.skipIf(!testServer.available(TARGET)).each(SOURCES)("the checks of a source of Postgres %i", (version) => {
  const found: Partial<Record<Report, Finding[]>> = {};
  let server: PrivateServer;
  let targetServer: PrivateServer;
  let source: TestDatabase;

  beforeAll(async () => {
    [server, targetServer] = await Promise.all([privateServer(version), privateServer(TARGET)]);
    source = await server.createDatabase("checks");
    await query(source.spec, sourceSql(version, STRANGER));
    const added = sourceAddedSql(version);
    if (added) await query(source.spec, added);
    await addBrokenIndex(source.spec);
    if (version >= 15) await addTablespace(source.spec);
    await query(source.spec, "analyze");
    await lookFromEverywhere();
  });
  afterAll(async () => {
    await Promise.all([server?.remove(), targetServer?.remove()]);
  });

  async function target(attributes: string, isOwner: boolean, sql?: string): Promise<ConnectionSpec> {
    const database = await targetServer.createDatabase("arrival");
    const role = await targetServer.createRole({ database: database.spec.database, attributes });
    if (isOwner) await query(database.spec, `alter database "${database.spec.database}" owner to "${role.name}"`);
    if (sql)
      await query(database.spec, sql.replaceAll("$role", role.name).replaceAll("$database", database.spec.database));
    return role.spec;
  }

  async function lookFromEverywhere() {
    const reader = await server.createRole({ database: source.spec.database });
    const plain = await target("", true, "create extension citext version '1.4'");
    const creator = await target("createrole", false);
    const neon = await target(
      "",
      true,
      `create role neon_superuser; grant neon_superuser to "$role"; alter database "$database" set "neon.max_cluster_size" = '1'`,
    );
    const superuser = await target("superuser", true, "create table public.mine (id int)");
    const from = async (
      report: Report,
      to: ConnectionSpec | null,
      options: Partial<ImportOptions> = {},
      spec = source.spec,
    ) => {
      const checked = await checkBoth({
        source: spec,
        target: to && urlTarget(to),
        options: importOptionsSchema.parse(options),
        resuming: false,
      });
      found[report] = checked.findings;
    };
    await from("plain", plain);
    await from("reader", plain, {}, reader.spec);
    await from("keep", creator, { owners: { mode: "keep" } });
    await from("keepPlain", plain, { owners: { mode: "keep" } });
    await from("superuser", superuser);
    await from("neon", neon);
    await from("alone", null);
    await from("shopOnly", plain, { schemas: ["shop"] });
    await from("schemaOnly", plain, { content: "schema" });
    await from("objects", plain, { largeObjects: true });
  }

  it.each([...cases(version), ...extras(version)])("%s: %s", (report, _what, code, outcome, words) => {
    const all = found[report] ?? [];
    const told = all.filter((one) => one.code === code && (words?.test(one.message) ?? true));
    if (outcome === "nothing") expect(told).toEqual([]);
    else
      expect(
        told.map(({ severity }) => severity),
        JSON.stringify(
          all.filter((one) => one.code.startsWith(code.split(".")[0] ?? "")),
          null,
          1,
        ),
      ).toContain(outcome);
  });

  it("has a remedy for all that is wrong, and says it in whole sentences", () => {
    for (const { code, message, remedy, severity } of Object.values(found).flat()) {
      expect(message, code).toMatch(/^[A-Z0-9][\s\S]*[^.]\.$/);
      expect(message, code).not.toMatch(/undefined|null|NaN|\[object/);
      if (severity !== "info") expect(remedy, code).toMatch(/^[A-Z][\s\S]*\.$/);
    }
    expect(Object.keys(found)).toEqual(Object.keys(reports));
  });
});

/** As CREATE INDEX CONCURRENTLY leaves it when it fails. */
async function addBrokenIndex(spec: ConnectionSpec): Promise<void> {
  await query(spec, "create unique index concurrently half_built on old.doubles (value)").then(
    () => {
      throw new Error("The index was built, though two rows have one value.");
    },
    (error: unknown) => {
      if (!String(error).includes("could not create unique index")) throw error;
    },
  );
}

/** In a folder of the server's own, which takes no path. */
const addTablespace = (spec: ConnectionSpec): Promise<void> =>
  inSession(spec, async (client) => {
    await client.query("set allow_in_place_tablespaces = on");
    await client.query("create tablespace elsewhere location ''");
    await client.query("create table old.placed (id int) tablespace elsewhere");
  });
