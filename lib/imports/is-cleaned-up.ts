import { and, eq, isNotNull } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { credentials } from "@/lib/db/schema";

/** Whether the clean-up of a cancelled import has done its last step: to forget both passwords. */
export async function isCleanedUp({ id }: { id: string }): Promise<boolean> {
  const kept = await database()
    .select({ side: credentials.side })
    .from(credentials)
    .where(and(eq(credentials.importId, id), isNotNull(credentials.sealed)));
  return kept.length === 0;
}
