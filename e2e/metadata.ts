import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { migrate } from "@/lib/db/migrate";
import { newKeyringText } from "@/lib/security/keyring";
import { query } from "./imports/scene";

/** A metadata database of the test's own, for what needs one and no step engine. To be asked for before its first use. */
export async function startMetadata(): Promise<TestDatabase> {
  const metadata = await (await testServer(18)).createDatabase("metadata");
  await migrate(metadata.url);
  Object.assign(process.env, { DATABASE_URL: metadata.url, FERRY_KEYS: newKeyringText(), FERRY_MODE: "embedded" });
  return metadata;
}

/** An import as far as its parts ask for it. */
export async function insertImport(metadata: TestDatabase, id: string, status = "running"): Promise<void> {
  await query(
    metadata.spec,
    "insert into imports (id, name, status, options, source, target) values ($1, 'test', $2, '{}', '{}', '{}')",
    [id, status],
  );
}
