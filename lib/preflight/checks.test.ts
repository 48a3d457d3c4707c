import { describe, expect, it } from "vitest";
import { aReceiver, aShape, aTable, aTrigger } from "@/lib/plan/data-only/fixture";
import type { ReceiverTrigger } from "@/lib/source/receiver";
import type { ShapeTable } from "@/lib/source/shape";
import { type Changes, checkContext } from "./fixture";
import { firstBlock, runAllChecks } from "./run-checks";

const ALWAYS = ["server.version", "size.database", "size.estimate"];

/** What is found beyond the remarks that every import gets. */
const found = (changes?: Changes) =>
  runAllChecks(checkContext(changes))
    .filter(({ code }) => !ALWAYS.includes(code))
    .map(({ code, severity }) => `${severity} ${code}`);

describe("a pair with nothing wrong", () => {
  it("gets its version, its size and an estimate told, and nothing stops it", () => {
    const findings = runAllChecks(checkContext());
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual(ALWAYS.map((code) => [code, "info"]));
    expect(firstBlock(findings)).toBeUndefined();
  });
});

const wanted = { largeObjects: true };

const there = aTable("orders");
const dataOnly = (tables: ShapeTable[], triggers: ReceiverTrigger[] = []): Changes => ({
  options: { content: "data" },
  shape: aShape([there]),
  receiver: aReceiver(tables, { triggers }),
});

describe("the checks", () => {
  it.each<[string, Changes, string[]]>([
    // The server
    ["the oldest that is read", { server: { versionNumber: 100_023 } }, []],
    ["the newest that is read", { server: { versionNumber: 180_004 }, target: { versionNumber: 180_000 } }, []],
    ["too old", { server: { versionNumber: 90_624, version: "9.6.24" } }, []],
    ["a target of the same version", { target: { versionNumber: 150_001 } }, []],
    ["an older target", { target: { versionNumber: 140_020 } }, ["block server.target_older"]],
    ["no target yet", { target: null }, []],
    ["CockroachDB", { server: { versionText: "CockroachDB CCL v23.1" } }, ["block server.look_alike"]],
    [
      "YugabyteDB",
      { server: { versionText: "PostgreSQL 11.2-YB-2.19.0.0-b0 on x86_64" } },
      ["block server.look_alike"],
    ],
    ["Redshift", { server: { versionText: "PostgreSQL 8.0.2 on i686, Redshift 1.0" } }, ["block server.look_alike"]],
    ["no encoding", { server: { encoding: "SQL_ASCII" } }, ["warn server.sql_ascii"]],
    ["few connections", { server: { freeConnections: 4 }, options: { lanes: 2 } }, ["warn server.connections"]],
    ["just enough connections", { server: { freeConnections: 5 }, options: { lanes: 2 } }, []],
    ["less than no connections", { server: { freeConnections: -3 } }, ["warn server.connections"]],
    ["a replica", { server: { inRecovery: true } }, ["info server.replica"]],
    // What is inside
    ["unlogged tables", { tables: [{ unlogged: true }] }, ["info size.unlogged"]],
    ["large objects", { largeObjects: { count: 3 } }, ["warn size.large_objects"]],
    ["large objects that are wanted", { largeObjects: { count: 3 }, options: wanted }, ["info size.large_objects"]],
    ["large objects of which no data is wanted", { largeObjects: { count: 3 }, options: { content: "schema" } }, []],
    [
      "large objects that may not be read",
      { largeObjects: { count: 3, unreadable: 1 }, options: wanted },
      ["block privileges.large_objects", "info size.large_objects"],
    ],
    [
      "large objects that may not be read and are left out",
      { largeObjects: { count: 3, unreadable: 1 } },
      ["warn size.large_objects"],
    ],
    [
      "a target with large objects of its own",
      { largeObjects: { count: 3 }, target: { largeObjects: 1 }, options: wanted },
      ["block target.large_objects", "info size.large_objects"],
    ],
    [
      "a target that holds what an interrupted import brought",
      { largeObjects: { count: 3 }, target: { largeObjects: 1 }, resuming: true, options: wanted },
      ["info size.large_objects"],
    ],
    [
      "a target with large objects of its own, though none are there to be brought yet",
      { target: { largeObjects: 1 }, options: wanted },
      ["block target.large_objects"],
    ],
    ["a target with large objects of its own, where none are wanted", { target: { largeObjects: 1 } }, []],
    // Privileges
    ["a table that may not be read", { tables: [{ readable: false }] }, ["block privileges.select"]],
    ["a schema that may not be used", { tables: [{ schemaUsable: false }] }, ["block privileges.select"]],
    [
      "a sequence that may not be read",
      { closedSequences: [{ schema: "public", name: "counter" }] },
      ["block privileges.select"],
    ],
    [
      "a table outside of the choice that may not be read",
      { tables: [{ schema: "hr", readable: false }], options: { schemas: ["public"] } },
      [],
    ],
    [
      "a partitioned table that may not be locked",
      { surroundings: { closed: [{ schema: "public", name: "events", ancestors: [] }] } },
      ["block privileges.select"],
    ],
    [
      "a closed partition of a table that was chosen",
      {
        tables: [{ schema: "parts", name: "events_1", readable: false }],
        surroundings: {
          closed: [{ schema: "parts", name: "events_1", ancestors: [{ schema: "public", name: "events" }] }],
        },
        options: { tables: ["public.events"] },
      },
      ["block privileges.select"],
    ],
    [
      "the provider's own tables",
      { tables: [{ schema: "vault", readable: false, rowsHidden: true }], sourceHost: "db.abc.supabase.co" },
      [],
    ],
    [
      "rows that are hidden outside of the choice",
      { tables: [{ rowsHidden: true }], options: { schemas: ["hr"] } },
      [],
    ],
    ["rows that are hidden", { tables: [{ rowsHidden: true }] }, ["block privileges.row_security"]],
    [
      "row security for one who bypasses it",
      { tables: [{ rowsHidden: true }], server: { bypassesRowSecurity: true } },
      [],
    ],
    // The target
    ["a target that is not empty", { target: { objects: ["public.mine"] } }, ["block target.not_empty"]],
    ["a target with what this import made", { target: { objects: ["public.mine"] }, resuming: true }, []],
    [
      "data only, into tables that are there",
      { ...dataOnly([there]), target: { objects: ["public.orders"] }, extensions: [{ name: "unheard_of" }] },
      [],
    ],
    ["data only, where a table is missing", dataOnly([]), ["block target.missing_table"]],
    ["data only, gone on with", { ...dataOnly([]), resuming: true }, []],
    [
      "data only, where something is put aside",
      { ...dataOnly([there], [aTrigger("orders", "t")]) },
      ["info target.put_aside"],
    ],
    [
      "data only, into a database that is made",
      { ...dataOnly([]), receiver: "made anew" as const },
      ["block target.made_anew"],
    ],
    ["a target where nothing may be made", { target: { mayCreateSchemas: false } }, ["block target.create"]],
    [
      "the same database twice",
      { target: { systemIdentifier: "111", database: "shop" } },
      ["block target.same_database"],
    ],
    ["another database of the same server", { target: { systemIdentifier: "111" } }, []],
    [
      "servers that do not tell who they are",
      { sourceSystemIdentifier: null, target: { systemIdentifier: null, database: "shop" } },
      [],
    ],
    ["another encoding there", { target: { encoding: "LATIN1" } }, ["warn target.encoding"]],
    ["the same encoding", { server: { encoding: "LATIN1" }, target: { encoding: "LATIN1" } }, []],
    ["from another encoding to UTF8", { server: { encoding: "LATIN1" } }, []],
  ])("%s", (_name, changes, expected) => {
    expect(found(changes)).toEqual(expected);
  });

  it.each([90_624, 190_001])("a server of version number %i is not read", (versionNumber) => {
    const context = checkContext({ server: { versionNumber, version: "?.?" }, target: null });
    expect(firstBlock(runAllChecks(context))).toMatchObject({ code: "server.version", severity: "block" });
  });

  it("tell the worst first", () => {
    const severities = runAllChecks(
      checkContext({ server: { encoding: "SQL_ASCII", inRecovery: true }, target: { mayCreateSchemas: false } }),
    ).map(({ severity }) => severity);
    expect(severities).toEqual(
      [...severities].sort((left, right) => "bwi".indexOf(left[0] ?? "") - "bwi".indexOf(right[0] ?? "")),
    );
    expect(severities[0]).toBe("block");
  });

  it("speak in whole sentences, and say what to do about what stops an import", () => {
    const bad = checkContext({
      server: { encoding: "SQL_ASCII", freeConnections: 1, inRecovery: true },
      tables: [{ readable: false, unlogged: true, rowsHidden: true, bytes: 5e9 }],
      largeObjects: { count: 2, bytes: 10_000, unreadable: 1 },
      options: wanted,
      target: {
        largeObjects: 1,
        objects: ["a.b"],
        mayCreateSchemas: false,
        encoding: "LATIN1",
        versionNumber: 140_001,
        version: "14.1",
      },
    });
    for (const { message, remedy, severity } of runAllChecks(bad)) {
      expect(message).toMatch(/^[A-Z0-9].*[^.]\.$/);
      expect(message).not.toMatch(/undefined|null|NaN/);
      if (severity === "block") expect(remedy).toMatch(/^[A-Z].*\.$/);
    }
  });
});
