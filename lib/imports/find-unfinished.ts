import { desc, inArray } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import type { NeonChoice } from "./neon/place";
import type { EndpointRecord } from "./record";
import { readAddress } from "./run/read-address";

/** An import between the same two databases that has begun and not ended, as a killed command or a pause leaves it. */
export async function findUnfinished(ends: { source: string; target: string | NeonChoice }): Promise<string | null> {
  const source = readAddress("source", ends.source);
  const { target } = ends;
  const isTarget =
    typeof target === "string"
      ? isSameAs(readAddress("target", target))
      : (record: EndpointRecord) => isInProject(record, target);
  const rows = await database()
    .select({ id: imports.id, source: imports.source, target: imports.target })
    .from(imports)
    .where(inArray(imports.status, ["queued", "running", "paused"]))
    .orderBy(desc(imports.createdAt));
  const isSource = isSameAs(source);
  const found = rows.find((row) => isSource(row.source as EndpointRecord) && isTarget(row.target as EndpointRecord));
  return found?.id ?? null;
}

/** Of several hosts, the import has kept the one that was chosen. */
function isSameAs(spec: ConnectionSpec): (record: EndpointRecord) => boolean {
  const places = [{ host: spec.host, port: spec.port }, ...(spec.otherHosts ?? [])];
  return ({ host, port, database: name, user }) =>
    places.some((one) => one.host === host && one.port === port) && name === spec.database && user === spec.user;
}

/** Each import has a branch of its own, so one that goes on is known by its project. */
function isInProject({ kind, neon }: EndpointRecord, { project }: NeonChoice): boolean {
  if (kind !== "neon" || !neon) return false;
  return "id" in project ? neon.projectId === project.id : neon.project === project.name;
}
