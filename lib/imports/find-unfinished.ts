import { desc, inArray } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { type PublicAddress, publicAddress } from "@/lib/postgres/connection-spec";
import { parseOnSide } from "@/lib/source/connection-string";
import type { EndpointRecord } from "./record";

/** An import between the same two databases that has begun and not ended, as a killed command or a pause leaves it. */
export async function findUnfinished(ends: { source: string; target: string }): Promise<string | null> {
  const source = publicAddress(parseOnSide("source", ends.source));
  const target = publicAddress(parseOnSide("target", ends.target));
  const rows = await database()
    .select({ id: imports.id, source: imports.source, target: imports.target })
    .from(imports)
    .where(inArray(imports.status, ["queued", "running", "paused"]))
    .orderBy(desc(imports.createdAt));
  const found = rows.find((row) => isSame(row.source, source) && isSame(row.target, target));
  return found?.id ?? null;
}

function isSame(record: unknown, address: PublicAddress): boolean {
  const { host, port, database: name, user } = record as EndpointRecord;
  return host === address.host && port === address.port && name === address.database && user === address.user;
}
