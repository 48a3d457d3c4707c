import { eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { plans } from "@/lib/db/schema";
import type { PlannedTable } from "@/lib/plan/copy-plan";
import type { ObjectNote } from "@/lib/plan/left-out";
import { type Decisions, unpackDecisions } from "@/lib/schema/verdict-store";
import type { StructureFacts } from "@/lib/verify/structure/facts";
import { unpackFacts } from "@/lib/verify/structure/store-facts";

export interface PlanRecord {
  tables: PlannedTable[];
  skipped: ObjectNote[];
}

export async function findPlan(importId: string): Promise<PlanRecord | null> {
  const [row] = await database().select().from(plans).where(eq(plans.importId, importId));
  return row ? { tables: row.tables as PlannedTable[], skipped: row.skipped as ObjectNote[] } : null;
}

export interface DecisionRecord {
  decisions: Decisions;
  /** The state of the source's objects under the snapshot. */
  structure: StructureFacts | null;
  tables: PlannedTable[];
}

/** What the comparison of objects goes by. */
export async function findDecisions(importId: string): Promise<DecisionRecord | null> {
  const [row] = await database().select().from(plans).where(eq(plans.importId, importId));
  if (!row) return null;
  const { verdicts, structure, tables } = row;
  return {
    decisions: unpackDecisions(verdicts),
    structure: structure && unpackFacts(structure),
    tables: tables as PlannedTable[],
  };
}
