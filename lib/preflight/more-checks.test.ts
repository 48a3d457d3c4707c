import { describe, expect, it } from "vitest";
import { categories, categoryOf, groupFindings, isUnchecked } from "./categories";
import { finding } from "./check";
import type { ComingReadings, FactName, Readings } from "./facts";
import { factNames } from "./facts";
import { type Changes, checkContext } from "./fixture";
import { checks, runAllChecks, runCheck, streamChecks } from "./run-checks";
import { remedyScript } from "./script";

const ALWAYS = ["server.version", "size.database", "size.estimate"];
const found = (changes: Changes) =>
  runAllChecks(checkContext(changes))
    .filter(({ code }) => !ALWAYS.includes(code))
    .map(({ code, severity }) => `${severity} ${code}`);

const readings = (): Readings =>
  Object.fromEntries(Object.entries(checkContext()).map(([name, value]) => [name, { value }])) as unknown as Readings;

const lock = { schema: "public", name: "orders", pid: 7, user: "bob", application: "psql", seconds: 90, hasIt: true };
const HOUR = 3_600;
const use = (kind: string, name: string, schema: string | null = "public") => ({
  kind,
  schema,
  relation: name.split(".").at(-1) ?? null,
  name,
});

describe("what a test server cannot be brought to", () => {
  it.each<[string, Changes, string[]]>([
    [
      "a transaction of hours",
      { activity: { longTransactions: [{ ...lock, seconds: 5 * HOUR }] } },
      ["warn server.long_transactions"],
    ],
    ["rows that were never frozen", { activity: { transactionAge: 1_500_000_000 } }, ["warn server.wraparound"]],
    [
      "a vacuum against wraparound",
      { activity: { wraparoundVacuums: ["autovacuum: VACUUM a"] } },
      ["info server.vacuum"],
    ],
    ["busy autovacuum", { activity: { vacuumWorkers: { busy: 3, all: 3 } } }, ["info server.vacuum"]],
    ["autovacuum at rest", { activity: { vacuumWorkers: { busy: 2, all: 3 } } }, []],
    ["a replica that is behind", { activity: { replicaDelaySeconds: HOUR } }, ["warn server.replica_lag"]],
    ["a replica that is nearly there", { activity: { replicaDelaySeconds: 60 } }, []],
    [
      "a standby that is behind",
      { activity: { standbys: [{ name: "b", lagBytes: 5e9 }] } },
      ["warn server.standby_lag"],
    ],
    ["standbys that say nothing", { activity: { standbys: [{ name: "b", lagBytes: null }] } }, []],
    ["a lock outside of the choice", { activity: { locked: [lock] }, options: { schemas: ["hr"] } }, []],
    ["old snapshots that are thrown away", { settings: { snapshotTooOldMinutes: 60 } }, ["warn server.snapshot_age"]],
    ["another order of text", { settings: { locale: "C" } }, ["info server.collation"]],
    ["a target that is not made yet", { settings: { locale: "C" }, target: { locale: null } }, []],
    ["a subscription", { contents: { subscriptions: ["from_far"] } }, ["info inside.subscriptions"]],
    ["temporary tables", { contents: { temporaryTables: 2 } }, ["info inside.temporary"]],
    ["a source that tells its region", { sourceHost: "a.b.eu-west-3.rds.amazonaws.com" }, ["info target.region"]],
    [
      "a target in the nearest region",
      { sourceHost: "a.b.eu-west-3.rds.amazonaws.com", target: { host: "ep-a-1.eu-west-2.aws.neon.tech" } },
      [],
    ],
    [
      "a provider's extension that nothing uses",
      { provider: "rds", extensions: [{ name: "aws_s3" }] },
      ["info extensions.provider"],
    ],
    [
      "a provider's extension that a table uses",
      { provider: "supabase", extensions: [{ name: "pgsodium", users: [use("table", "public.keys")] }] },
      ["block extensions.provider"],
    ],
    [
      "a provider's extension that a view uses",
      { provider: "supabase", extensions: [{ name: "pg_net", users: [use("view", "public.seen")] }] },
      ["warn extensions.provider"],
    ],
    [
      "a provider's extension that only a table uses which is left out",
      {
        provider: "supabase",
        extensions: [{ name: "pgsodium", users: [use("table", "public.keys")] }],
        options: { excludeTables: ["public.keys"] },
      },
      ["info extensions.provider"],
    ],
    [
      "a provider's extension that the provider uses",
      {
        provider: "supabase",
        sourceHost: "db.abc.supabase.co",
        extensions: [{ name: "pgsodium", users: [use("table", "vault.secrets", "vault")] }],
      },
      ["info extensions.provider"],
    ],
    [
      "a provider's event trigger and publication",
      {
        provider: "supabase",
        objects: [
          { kind: "EVENT TRIGGER", schema: null, name: "pgrst_ddl_watch" },
          { kind: "PUBLICATION", schema: null, name: "supabase_realtime" },
        ],
      },
      ["info inside.provider_objects"],
    ],
    [
      "mapped owners whose new roles are missing",
      {
        roles: { owners: [{ role: "bob", objects: 3 }] },
        options: { owners: { mode: "map", roles: { bob: "robert" } } },
        takes: { mayCreateRoles: false },
      },
      ["warn inside.owners"],
    ],
    ["a plan's limit that is large enough", { target: { sizeLimitBytes: 1e12 } }, []],
    [
      "a plan's limit and a schema without rows",
      { tables: [{ bytes: 9e9 }], target: { sizeLimitBytes: 1e6 }, options: { content: "schema" } },
      [],
    ],
    [
      "1.10, which is newer than 1.9",
      { extensions: [{ version: "1.5" }], takes: offering("1.10") },
      ["info extensions.available"],
    ],
    [
      "1.9, which is older than 1.10",
      { extensions: [{ version: "1.10" }], takes: offering("1.9") },
      ["warn extensions.older"],
    ],
  ])("%s", (_what, changes, expected) => {
    expect(found(changes)).toEqual(expected);
  });
});

function offering(version: string): Changes["takes"] {
  const citext = { name: "citext", defaultVersion: version, versions: [version], installed: null, trusted: true };
  return { extensions: [citext] };
}

describe("a check", () => {
  it.each(checks.flatMap(({ name, needs }) => needs.map((need): [string, FactName] => [name, need])))(
    "%s says that it could not run without %s",
    (name, need) => {
      const check = checks.find((one) => one.name === name);
      const told =
        check && runCheck(check, { ...readings(), [need]: { unknown: "permission denied" } }, checkContext());
      expect(told).toHaveLength(1);
      expect(told?.[0]).toMatchObject({
        code: "check.failed",
        subject: name,
        severity: "warn",
        message: expect.stringMatching(/^Could not check [a-z ]+: permission denied\.$/),
      });
    },
  );

  it("that fails says so, without a secret", () => {
    const broken = {
      ...checks[0],
      name: "server.version",
      needs: [],
      run: () => JSON.parse("{"),
    } as (typeof checks)[number];
    expect(runCheck(broken, readings(), checkContext()).map(({ code }) => code)).toEqual(["check.failed"]);
  });

  it("has a name of its own, in a category that is shown", () => {
    const names = checks.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(categories).toContain(name.split(".")[0]);
  });

  it("is run as soon as its own facts are there, however long others take", async () => {
    const all = readings();
    let letGo: () => void = () => {};
    const late = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const coming = Object.fromEntries(
      factNames.map((name) => [name, name === "extensions" ? late.then(() => all[name]) : Promise.resolve(all[name])]),
    ) as unknown as ComingReadings;
    const heard: string[] = [];
    const done = streamChecks(coming, checkContext(), ({ category }) => heard.push(category));
    await expect.poll(() => heard.length).toBeGreaterThan(3);
    expect(heard).not.toContain("extensions");
    letGo();
    await done;
    expect(heard).toContain("extensions");
  });
});

describe("findings", () => {
  const info = finding("server.version", "info", "a");
  const warn = finding("size.unlogged", "warn", "b");
  const block = finding("target.not_empty", "block", "c");
  const failed = finding("check.failed", "warn", "d", { subject: "extensions.target" });

  it("are grouped by category, that with the worst first, and in each the worst first", () => {
    const groups = groupFindings([info, failed, warn, block, finding("size.database", "info", "e")]);
    expect(groups.map(({ category, findings }) => [category, findings.map(({ message }) => message).join("")])).toEqual(
      [
        ["target", "c"],
        ["size", "be"],
        ["extensions", "d"],
        ["server", "a"],
      ],
    );
  });

  it("of a check that could not run stand in its category", () => {
    expect(categoryOf(failed)).toBe("extensions");
    expect([failed, warn].map(isUnchecked)).toEqual([true, false]);
    expect(categoryOf({ code: "of.an.older.ferry", subject: null })).toBe("inside");
  });

  it("give one script, in which no name leaves its comment", () => {
    const evil = finding("inside.a", "warn", "Table x\ndrop table y; is odd.", {
      remedy: "Do\r\nthis.",
      sql: "select 1;",
    });
    expect(remedyScript([evil, { ...info, sql: "select 2;" }, { ...block, sql: "select 3;" }])).toBe(
      "-- Table x\n-- drop table y; is odd.\n-- Do\n--\n-- this.\nselect 1;\n\n-- c\nselect 3;\n",
    );
    expect(remedyScript([info, warn])).toBeNull();
  });
});
