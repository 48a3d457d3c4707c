import { eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { users } from "@/lib/db/schema";

export async function hasOwner(): Promise<boolean> {
  const found = await database().select({ id: users.id }).from(users).where(eq(users.role, "owner")).limit(1);
  return found.length > 0;
}
