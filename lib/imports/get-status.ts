import { eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import type { ImportStatus } from "./status";

/** The one word, for whoever waits: the whole view of a large import takes many times as long. */
export async function getStatus({ id }: { id: string }): Promise<ImportStatus> {
  const [row] = await database().select({ status: imports.status }).from(imports).where(eq(imports.id, id));
  if (!row) throw new FerryError("import.missing", { id });
  return row.status as ImportStatus;
}
