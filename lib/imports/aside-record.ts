import { and, eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { units } from "@/lib/db/schema";
import { type Aside, asideScript, asideWords, isNothing } from "@/lib/plan/data-only/aside";
import { ASIDE_UNIT } from "@/lib/plan/data-only/plan";
import { inChunks } from "@/lib/plan/data-units";
import type { UnitPayload } from "@/lib/plan/unit";
import { type LogLine, writeLine } from "./log";

/** What an import's plan puts aside on the target, and whether it may have; null where the plan has no such unit. */
export async function findPlannedAside(importId: string): Promise<{ aside: Aside; isAside: boolean } | null> {
  const [row] = await database()
    .select({ payload: units.payload, state: units.state, startedAt: units.startedAt, failures: units.failures })
    .from(units)
    .where(and(eq(units.importId, importId), eq(units.id, ASIDE_UNIT)));
  const payload = row?.payload as UnitPayload | undefined;
  if (!row || !payload || !("aside" in payload) || !payload.aside) return null;
  // What the target has committed, a lane that died may not have told.
  return { aside: payload.aside, isAside: row.state !== "ready" || row.startedAt !== null || row.failures > 0 };
}

/** Statements that one line of the log tells of; an import with more has several lines. */
const STATEMENTS_PER_LINE = 50;

/** Lines that tell how what was put aside comes back, for the case that nobody lets Ferry do it. */
export async function asideLines(importId: string, when: string): Promise<LogLine[]> {
  const planned = await findPlannedAside(importId);
  if (!planned?.isAside || isNothing(planned.aside)) return [];
  const words = asideWords(planned.aside);
  return inChunks(asideScript(planned.aside), STATEMENTS_PER_LINE).map((part) => ({
    ...{ level: "warn", kind: "aside.held" },
    message: `${words} of the target may still be put aside. ${when}\n${part.join("\n")}`,
  }));
}

export async function tellAside(importId: string, when: string): Promise<void> {
  for (const line of await asideLines(importId, when)) await writeLine(database(), importId, line);
}
