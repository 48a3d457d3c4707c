import { inject } from "vitest";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { serverAt, type TestServer } from "./server-at";
import { isAvailable, VERSIONS, type Version } from "./versions";

export type { TestDatabase, TestRole } from "./databases";
export { type PrivateServer, privateServer } from "./private-server";
export type { TestServer } from "./server-at";
export { VERSIONS, type Version } from "./versions";

/** Files that run side by side have a number each, which the next ones have after them. */
const LANE = process.env.VITEST_POOL_ID ?? "1";

/**
 * The server of a version that test files share, one after the other; the first to ask starts it.
 * Tests keep to databases and roles they make there.
 */
export async function testServer(version: Version): Promise<TestServer> {
  const response = await fetch(`${inject("testServersUrl")}/${LANE}/${version}`);
  if (!response.ok) throw new Error(`Postgres ${version} did not start: ${await response.text()}`);
  const superuser = (await response.json()) as ConnectionSpec;
  return serverAt(version, superuser);
}

/** For `describe.skipIf`: not every version exists for every platform. */
testServer.available = isAvailable;
testServer.versions = (from: number = VERSIONS[0], to: number = 18): Version[] =>
  VERSIONS.filter((version) => version >= from && version <= to && isAvailable(version));
