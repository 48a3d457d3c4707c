import { eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { users } from "@/lib/db/schema";

export async function findUser(email: string): Promise<{ id: string } | null> {
  const [user] = await database()
    .select({ id: users.id })
    .from(users)
    .where(eq(users.email, email.trim().toLowerCase()));
  return user ?? null;
}
