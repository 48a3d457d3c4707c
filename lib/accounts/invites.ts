import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { ulid } from "ulid";
import * as z from "zod";
import { database, type Transaction } from "@/lib/db/client";
import { invites, users } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import { hashToken, isToken, newToken } from "@/lib/security/tokens";
import { emailSchema, insertUser, nameSchema, passwordSchema, setPassword } from "./users";

type Kind = "join" | "reset";

/** Ferry sends no mail: whoever invites hands the link over, and that may take a weekend. */
const HOURS: Record<Kind, number> = { join: 7 * 24, reset: 24 };

export const inviteSchema = z.object({ email: emailSchema });
export const joinSchema = z.object({ name: nameSchema, password: passwordSchema });
export const resetSchema = z.object({ password: passwordSchema });

export interface InviteView {
  id: string;
  kind: Kind;
  email: string;
  expiresAt: string;
}

const isOpen = () => and(isNull(invites.usedAt), isNull(invites.revokedAt), gt(invites.expiresAt, sql`now()`));

/** The token is told once, here. An older invitation of the same address is void. */
export async function invite({ email, by }: { email: string; by: string }): Promise<{ token: string }> {
  const [known] = await database().select({ role: users.role }).from(users).where(eq(users.email, email));
  if (known && known.role !== "former") throw new FerryError("account.exists", { email });
  return makeLink({ kind: "join", email, userId: null, by });
}

/** For a member who has lost the password; made by the owner, who hands it over. */
export async function offerReset({ userId, by }: { userId: string; by: string }): Promise<{ token: string }> {
  const [user] = await database()
    .select({ email: users.email, role: users.role })
    .from(users)
    .where(eq(users.id, userId));
  if (!user || user.role === "former") throw new FerryError("account.missing");
  return makeLink({ kind: "reset", email: user.email, userId, by });
}

async function makeLink(link: { kind: Kind; email: string; userId: string | null; by: string }) {
  const { kind, email, userId, by } = link;
  const token = newToken();
  await database().transaction(async (tx) => {
    await tx
      .update(invites)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(invites.email, email), eq(invites.kind, kind), isOpen()));
    await tx.insert(invites).values({
      ...{ id: ulid(), kind, email, userId, tokenHash: hashToken(token), createdBy: by },
      expiresAt: sql`now() + ${HOURS[kind]} * interval '1 hour'`,
    });
  });
  return { token };
}

export async function listInvites(): Promise<InviteView[]> {
  const rows = await database().select().from(invites).where(isOpen()).orderBy(desc(invites.id));
  return rows.map(({ id, kind, email, expiresAt }) => ({ id, kind, email, expiresAt: expiresAt.toISOString() }));
}

export async function revokeInvite({ id }: { id: string }): Promise<{ email: string }> {
  const [revoked] = await database()
    .update(invites)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(invites.id, id), isOpen()))
    .returning({ email: invites.email });
  if (!revoked) throw new FerryError("invite.invalid");
  return revoked;
}

/** For whom a link is, or an error like that of a link that never was. */
export async function readInvite({ token, kind }: { token: string; kind: Kind }): Promise<{ email: string }> {
  const [found] = isToken(token)
    ? await database()
        .select({ email: invites.email })
        .from(invites)
        .where(and(eq(invites.tokenHash, hashToken(token)), eq(invites.kind, kind), isOpen()))
    : [];
  if (!found) throw new FerryError("invite.invalid");
  return found;
}

/** Taken twice at the same moment it lets in one. */
async function take(tx: Transaction, token: string, kind: Kind): Promise<{ email: string; userId: string | null }> {
  const [taken] = isToken(token)
    ? await tx
        .update(invites)
        .set({ usedAt: sql`now()` })
        .where(and(eq(invites.tokenHash, hashToken(token)), eq(invites.kind, kind), isOpen()))
        .returning({ email: invites.email, userId: invites.userId })
    : [];
  if (!taken) throw new FerryError("invite.invalid");
  return taken;
}

export async function join(
  input: { token: string } & z.infer<typeof joinSchema>,
): Promise<{ id: string; email: string }> {
  return database().transaction(async (tx) => {
    const { email } = await take(tx, input.token, "join");
    const { id } = await insertUser(tx, { name: input.name, email, password: input.password, role: "member" });
    return { id, email };
  });
}

export async function resetPassword(input: {
  token: string;
  password: string;
}): Promise<{ id: string; email: string }> {
  return database().transaction(async (tx) => {
    const { email, userId } = await take(tx, input.token, "reset");
    if (userId === null) throw new FerryError("invite.invalid");
    await setPassword(tx, userId, input.password);
    return { id: userId, email };
  });
}

/** Whoever signs in through GitHub with an invited address, verified there, takes the invitation by that. */
export async function takeByEmail(email: string): Promise<boolean> {
  const taken = await database()
    .update(invites)
    .set({ usedAt: sql`now()` })
    .where(and(eq(invites.email, email), eq(invites.kind, "join"), isOpen()))
    .returning({ id: invites.id });
  return taken.length > 0;
}
