import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { shareLinks } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import { hashToken, isToken } from "@/lib/security/tokens";
import { getImport } from "./get-import";
import type { ImportView } from "./view";
import { forStrangers } from "./view/for-strangers";

/** What somebody with a link sees: the same, without who and where. */
export async function getSharedImport({ token }: { token: string }): Promise<ImportView> {
  if (!isToken(token)) throw new FerryError("share.invalid");
  const [link] = await database()
    .select({ importId: shareLinks.importId })
    .from(shareLinks)
    .where(
      and(
        eq(shareLinks.tokenHash, hashToken(token)),
        isNull(shareLinks.revokedAt),
        or(isNull(shareLinks.expiresAt), gt(shareLinks.expiresAt, sql`now()`)),
      ),
    );
  if (!link) throw new FerryError("share.invalid");
  return forStrangers(await getImport({ id: link.importId }));
}
