import { eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { plans } from "@/lib/db/schema";
import type { PlannedTable } from "@/lib/plan/copy-plan";
import type { ObjectNote } from "@/lib/plan/left-out";

export interface PlanRecord {
  tables: PlannedTable[];
  skipped: ObjectNote[];
}

export async function findPlan(importId: string): Promise<PlanRecord | null> {
  const [row] = await database().select().from(plans).where(eq(plans.importId, importId));
  return row ? { tables: row.tables as PlannedTable[], skipped: row.skipped as ObjectNote[] } : null;
}
