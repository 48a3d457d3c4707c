import { and, eq, isNull, sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { shareLinks } from "@/lib/db/schema";

/** Closes every link that was given out for the import. */
export async function revokeShares({ id }: { id: string }): Promise<void> {
  await database()
    .update(shareLinks)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(shareLinks.importId, id), isNull(shareLinks.revokedAt)));
}
