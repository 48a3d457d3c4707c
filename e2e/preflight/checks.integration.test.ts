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
import type { Finding } from "@/lib/preflight/finding";
import { urlTarget } from "@/lib/target/url";
import { type Case, type Report, reports } from "./cases/case";
import { extensionsCases } from "./cases/extensions";
import { insideCases } from "./cases/inside";
import { privilegesCases } from "./cases/privileges";
import { serverCases } from "./cases/server";
import { sizeCases } from "./cases/size";
import { targetCases } from "./cases/target";
import { sourceAddedSql, sourceSql } from "./source";

/** The oldest, and one that is often met; with FERRY_LONG_TESTS all that have what the source is made of. */
const SOURCES = (LONG_TESTS ? testServer.versions(10, 16) : [10, 15]).filter((version): version is Version =>
  testServer.available(version as Version),
);
const TARGET: Version = 17;

const STRANGER = "Strange Owner";

const cases = (version: number): Case[] => [
  ...serverCases(version),
  ...sizeCases,
  ...privilegesCases,
  ...extensionsCases(version),
  ...insideCases(version),
  ...targetCases,
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

  it.each(cases(version))("%s: %s", (report, _what, code, outcome, words) => {
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
