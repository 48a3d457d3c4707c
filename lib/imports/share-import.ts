import { sql } from "drizzle-orm";
import { ulid } from "ulid";
import { database } from "@/lib/db/client";
import { shareLinks } from "@/lib/db/schema";
import { hashToken, newToken } from "@/lib/security/tokens";
import { loadImport } from "./record";

/** Long enough for whom it was sent to; another is made in a moment. */
export const SHARED_DAYS = 30;

/** Makes a read-only link. The token is told once, here, and kept nowhere. */
export async function shareImport({ id }: { id: string }): Promise<{ token: string }> {
  await loadImport(id);
  const token = newToken();
  await database()
    .insert(shareLinks)
    .values({
      ...{ id: ulid(), importId: id, tokenHash: hashToken(token) },
      expiresAt: sql`now() + ${SHARED_DAYS} * interval '1 day'`,
    });
  return { token };
}
