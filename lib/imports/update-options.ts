import { eq, sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import { type ImportOptions, importOptionsSchema } from "@/lib/plan/options";
import { loadImport } from "./record";

/** Changes choices while nothing has begun. The checks went by the old ones, and have to be run again. */
export async function updateOptions({ id, options }: { id: string; options: Partial<ImportOptions> }): Promise<void> {
  const record = await loadImport(id);
  if (record.status !== "draft" && record.status !== "blocked") {
    throw new FerryError("import.wrong_state", { status: record.status, verb: "changed" });
  }
  const merged = importOptionsSchema.parse({ ...record.options, ...options });
  await database()
    .update(imports)
    .set({
      options: merged,
      checkedAt: sql`case when ${imports.options} = ${JSON.stringify(merged)}::jsonb then ${imports.checkedAt} end`,
    })
    .where(eq(imports.id, id));
}
