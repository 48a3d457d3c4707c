import { sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { FerryError } from "@/lib/errors/ferry-error";

/**
 * What an import is reading stays as it is. Drafts and failed imports look at their source again before they begin: they
 * find another one there, or none, and say so.
 */
export async function refuseInUse(id: string, verb: string): Promise<void> {
  const { rows } = await database().execute(sql`
    select from imports where source ->> 'file' = ${id} and status in ('queued', 'running', 'paused') limit 1`);
  if (rows.length > 0) throw new FerryError("file.in_use", { verb });
}
