import { and, eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { units } from "@/lib/db/schema";
import { type Aside, asideScript, asideWords, isNothing } from "@/lib/plan/data-only/aside";
import { ASIDE_UNIT } from "@/lib/plan/data-only/plan";
import type { UnitPayload } from "@/lib/plan/unit";
import { logEvent } from "./log";

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

/** Tells how what was put aside comes back, for the case that nobody lets Ferry do it. */
export async function tellAside(importId: string, when: string): Promise<void> {
  const planned = await findPlannedAside(importId);
  if (!planned?.isAside || isNothing(planned.aside)) return;
  const words = asideWords(planned.aside);
  const script = asideScript(planned.aside);
  for (let at = 0; at < script.length; at += STATEMENTS_PER_LINE) {
    const part = script.slice(at, at + STATEMENTS_PER_LINE).join("\n");
    await logEvent(importId, "warn", "aside.held", `${words} of the target may still be put aside. ${when}\n${part}`);
  }
}
