import { hashPassword } from "better-auth/crypto";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { ulid } from "ulid";
import * as z from "zod";
import { database, type Transaction } from "@/lib/db/client";
import { accounts, apiTokens, invites, sessions, users } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import type { Role } from "./viewer";

/** By what better-auth knows an account with a password. */
const PASSWORD_ACCOUNT = "credential";

/** Longer is better than stranger: no rules on what is in it. Hashing a very long one would cost the server time. */
export const passwordSchema = z.string().min(12, "at least 12 characters").max(200, "at most 200 characters");
export const emailSchema = z.email("an e-mail address").max(200).toLowerCase();
export const nameSchema = z.string().trim().min(1, "a name").max(100);

export interface NewUser {
  name: string;
  email: string;
  password: string;
}

/** A user who signs in with a password. Whoever was a member before is one again, with the password given now. */
export async function insertUser(tx: Transaction, user: NewUser & { role: Role }): Promise<{ id: string }> {
  const { name, email, role } = user;
  const [known] = await tx.select({ id: users.id, role: users.role }).from(users).where(eq(users.email, email));
  if (known && known.role !== "former") throw new FerryError("account.exists", { email });
  const id = known?.id ?? ulid();
  if (known) await tx.update(users).set({ name, role, updatedAt: sql`now()` }).where(eq(users.id, id));
  else await tx.insert(users).values({ id, name, email, role });
  await setPassword(tx, id, user.password);
  return { id };
}

/** Ends every session of theirs: whoever has an old one is not to keep it. */
export async function setPassword(tx: Transaction, userId: string, password: string): Promise<void> {
  const hash = await hashPassword(passwordSchema.parse(password));
  const own = and(eq(accounts.userId, userId), eq(accounts.providerId, PASSWORD_ACCOUNT));
  const changed = await tx
    .update(accounts)
    .set({ password: hash, updatedAt: sql`now()` })
    .where(own)
    .returning({ id: accounts.id });
  if (changed.length === 0) {
    const account = { id: ulid(), accountId: userId, providerId: PASSWORD_ACCOUNT, userId, password: hash };
    await tx.insert(accounts).values(account);
  }
  await tx.delete(sessions).where(eq(sessions.userId, userId));
}

export interface MemberView {
  id: string;
  name: string;
  email: string;
  role: Role;
  since: string;
}

export async function listMembers(): Promise<MemberView[]> {
  const rows = await database()
    .select()
    .from(users)
    .where(inArray(users.role, ["owner", "member"]))
    .orderBy(asc(users.createdAt));
  return rows.map(({ id, name, email, role, createdAt }) => ({
    ...{ id, name, email, role: role as Role, since: createdAt.toISOString() },
  }));
}

/** A former member's sessions, tokens and links end with the membership; what they made stays the team's. */
export async function removeMember({ id }: { id: string }): Promise<{ email: string }> {
  return database().transaction(async (tx) => {
    const [removed] = await tx
      .update(users)
      .set({ role: "former", updatedAt: sql`now()` })
      .where(and(eq(users.id, id), eq(users.role, "member")))
      .returning({ email: users.email });
    if (!removed) throw new FerryError("account.missing");
    await tx.delete(sessions).where(eq(sessions.userId, id));
    await tx.delete(accounts).where(eq(accounts.userId, id));
    await tx
      .update(invites)
      .set({ revokedAt: sql`coalesce(${invites.revokedAt}, now())` })
      .where(eq(invites.userId, id));
    await tx
      .update(apiTokens)
      .set({ revokedAt: sql`coalesce(${apiTokens.revokedAt}, now())` })
      .where(eq(apiTokens.userId, id));
    return removed;
  });
}

/** Everywhere else and here: for whoever has lost a device. */
export async function closeSessions({ userId }: { userId: string }): Promise<void> {
  await database().delete(sessions).where(eq(sessions.userId, userId));
}
