import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { carrySchema } from "@/e2e/databases/carry";
import { loadRegression } from "@/e2e/databases/regression";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { seedDemo } from "@/lib/embedded/demo/seed";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";

/** The newest server that this machine's own pg_dump reads, or null where there is none. */
function versionOfNativeTool(): number | null {
  try {
    const said = execFileSync("pg_dump", ["--version"], { encoding: "utf8" });
    const major = Number(/\) (\d+)/.exec(said)?.[1]);
    return testServer.versions(14, major).at(-1) ?? null;
  } catch {
    return null; // No pg_dump is on the path.
  }
}

/** Entries of `pg_dump -s`, each with its head, in an order that does not depend on when they were made. */
async function nativeText({ host, port, user, password, database }: ConnectionSpec): Promise<string[]> {
  const args = ["-s", "-O", "-x", "-h", host, "-p", String(port), "-U", user, "-w", database];
  const env = { ...process.env, PGPASSWORD: password ?? "" };
  const { stdout } = await promisify(execFile)("pg_dump", args, { env, maxBuffer: 1 << 28 });
  const plain = stdout.replace(/^\\(un)?restrict .*$/gm, "").replaceAll(database, "database");
  return plain.split(/^--\n-- (?=Name: )/m).sort();
}

const version = versionOfNativeTool();
if (version === null) console.info("There is no native pg_dump on this machine: nothing to hold ours against.");

describe.skipIf(version === null)("what arrived, as this machine's own pg_dump sees it", () => {
  let source: TestDatabase;
  let target: TestDatabase;

  beforeAll(async () => {
    const server = await testServer(version as 14);
    [source, target] = await Promise.all([server.createDatabase("source"), server.createDatabase("target")]);
  });
  afterAll(() => Promise.all([source.drop(), target.drop()]));

  it("is the demo shop, to the letter", async () => {
    await seedDemo(source.spec);
    const { failures, differences } = await carrySchema(source.spec, target.spec);
    expect(failures).toEqual([]);
    expect(differences).toEqual([]);
    expect(await nativeText(target.spec)).toEqual(await nativeText(source.spec));
  });
});

describe.skipIf(version === null)("the regression database, as this machine's own pg_dump sees it", () => {
  it("differs only in what no dump tells twice the same way", async () => {
    const server = await testServer(version as 14);
    const [source, target] = await Promise.all([server.createDatabase("source"), server.createDatabase("target")]);
    await loadRegression(source.spec, version ?? 0);
    await carrySchema(source.spec, target.spec);
    const [before, after] = await Promise.all([nativeText(source.spec), nativeText(target.spec)]);
    const changed = before.filter((entry) => !after.includes(entry)).map((entry) => entry.split("\n")[0]);
    expect(changed).toEqual([
      // Its password stays behind.
      "Name: USER MAPPING public SERVER app_server; Type: USER MAPPING; Schema: -; Owner: -",
      // Columns of parents come first when a table is made as a child; VALUES is printed in another way each time.
      "Name: late_child; Type: TABLE; Schema: app; Owner: -",
      "Name: sets; Type: VIEW; Schema: app; Owner: -",
    ]);
    await Promise.all([source.drop(), target.drop()]);
  });
});
