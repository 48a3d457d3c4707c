import { desc, inArray } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import type { EndpointRecord } from "./record";
import { readAddress } from "./run/read-address";

/** An import between the same two databases that has begun and not ended, as a killed command or a pause leaves it. */
export async function findUnfinished(ends: { source: string; target: string }): Promise<string | null> {
  const source = readAddress("source", ends.source);
  const target = readAddress("target", ends.target);
  const rows = await database()
    .select({ id: imports.id, source: imports.source, target: imports.target })
    .from(imports)
    .where(inArray(imports.status, ["queued", "running", "paused"]))
    .orderBy(desc(imports.createdAt));
  const found = rows.find((row) => isSame(row.source, source) && isSame(row.target, target));
  return found?.id ?? null;
}

/** Of several hosts, the import has kept the one that was chosen. */
function isSame(record: unknown, spec: ConnectionSpec): boolean {
  const { host, port, database: name, user } = record as EndpointRecord;
  const places = [{ host: spec.host, port: spec.port }, ...(spec.otherHosts ?? [])];
  return places.some((one) => one.host === host && one.port === port) && name === spec.database && user === spec.user;
}
