import { and, eq, sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import { type ImportOptions, importOptionsSchema } from "@/lib/plan/options";
import type { PublicAddress } from "@/lib/postgres/connection-spec";
import type { ImportStatus } from "./status";

/** What is kept in clear of either end: no password. */
export interface EndpointRecord extends PublicAddress {
  kind: "demo" | "local" | "url";
  version: string | null;
}

/** A row of `imports` with its JSON columns typed. */
export interface ImportRecord {
  id: string;
  name: string;
  status: ImportStatus;
  options: ImportOptions;
  source: EndpointRecord;
  target: EndpointRecord;
  epoch: number;
  lostEpoch: number;
  run: number;
}

export async function loadImport(id: string): Promise<ImportRecord> {
  const [row] = await database().select().from(imports).where(eq(imports.id, id));
  if (!row) throw new FerryError("import.missing", { id });
  return {
    id: row.id,
    name: row.name,
    status: row.status as ImportStatus,
    options: importOptionsSchema.parse(row.options),
    source: row.source as EndpointRecord,
    target: row.target as EndpointRecord,
    epoch: row.epoch,
    lostEpoch: row.lostEpoch,
    run: row.run,
  };
}

/** Moves an import on if it is still in one of `from`; false when somebody else was first. */
export async function moveImport(
  id: string,
  from: ImportStatus[],
  to: ImportStatus,
  more: Partial<Pick<typeof imports.$inferInsert, "error" | "startedAt" | "finishedAt" | "run" | "phase">> = {},
): Promise<boolean> {
  const moved = await database()
    .update(imports)
    .set({ status: to, ...more })
    .where(and(eq(imports.id, id), sql`${imports.status} in ${from}`))
    .returning({ id: imports.id });
  return moved.length === 1;
}
