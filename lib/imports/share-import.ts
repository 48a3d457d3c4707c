import { ulid } from "ulid";
import { database } from "@/lib/db/client";
import { shareLinks } from "@/lib/db/schema";
import { loadImport } from "./record";
import { hashShareToken, newShareToken } from "./share-token";

/** Makes a read-only link. The token is told once, here, and kept nowhere. */
export async function shareImport({ id }: { id: string }): Promise<{ token: string }> {
  await loadImport(id);
  const token = newShareToken();
  await database()
    .insert(shareLinks)
    .values({ id: ulid(), importId: id, tokenHash: hashShareToken(token) });
  return { token };
}
