import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";

const FOLDER = new URL("./regression/", import.meta.url);
const FIRST_VERSION = 14;
/** Versions that brought kinds of objects of their own. */
const LATER_VERSIONS = [15, 16, 17, 18];

/** The regression database's files for a server of that version, in order. */
export function regressionFiles(version: number): string[] {
  const later = LATER_VERSIONS.filter((brought) => brought <= version).map((brought) => `setup-from-${brought}.sql`);
  const names = version < FIRST_VERSION ? ["setup-before-14.sql"] : ["setup.sql", ...later];
  return names.map((name) => fileURLToPath(new URL(name, FOLDER)));
}

/** Fills an empty database, as a superuser. */
export async function loadRegression(spec: ConnectionSpec, version: number): Promise<void> {
  await withSession(spec, { side: "target", name: "regression" }, async (client) => {
    for (const file of regressionFiles(version)) await client.query(await readFile(file, "utf8"));
  });
}
