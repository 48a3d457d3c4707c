import { afterAll, beforeAll } from "vitest";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { migrate } from "@/lib/db/migrate";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { newKeyringText } from "@/lib/security/keyring";
import { query } from "./imports/scene";

/** A metadata database of the test's own, for what needs one and no step engine. To be asked for before its first use. */
export async function startMetadata(): Promise<TestDatabase> {
  const metadata = await (await testServer(18)).createDatabase("metadata");
  await migrate(metadata.url);
  Object.assign(process.env, { DATABASE_URL: metadata.url, FERRY_KEYS: newKeyringText(), FERRY_MODE: "embedded" });
  return metadata;
}

/** The same for all tests of a file; it is there when the first begins. */
export function metadataForAll(): TestDatabase {
  const metadata = {} as TestDatabase;
  beforeAll(async () => {
    Object.assign(metadata, await startMetadata());
  });
  afterAll(() => metadata.drop?.());
  return metadata;
}

/** To be kept as a secret; nothing answers there. */
export const aConnection: ConnectionSpec = {
  ...{ host: "db.example", port: 5432, database: "shop", user: "anna", password: "hunter22" },
  tls: { mode: "disable" },
};

/** An import as far as its parts ask for it. */
export async function insertImport(metadata: TestDatabase, id: string, status = "running"): Promise<void> {
  await query(
    metadata.spec,
    "insert into imports (id, name, status, options, source, target) values ($1, 'test', $2, '{}', '{}', '{}')",
    [id, status],
  );
}
