import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { ulid } from "ulid";
import * as z from "zod";
import { database } from "@/lib/db/client";
import { apiTokens, users } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import { hashToken, isToken, newToken } from "@/lib/security/tokens";
import { NOBODY, readRole, readScope, type Scope, scopes, type Viewer } from "./viewer";

/** So that a scanner of sources knows one when it finds one. */
const PREFIX = "ferry_";
/** The last use is for people, to whom the hour is enough: not every call shall write. */
const USE_NOTED_EVERY_MS = 60 * 60 * 1_000;

export const LONGEST_DAYS = 365;

export const tokenSchema = z.object({
  name: z.string().trim().min(1, "a name").max(60),
  scope: z.enum(scopes),
  days: z.number().int().min(1).max(LONGEST_DAYS),
});

export interface TokenView {
  id: string;
  name: string;
  scope: Scope;
  userId: string;
  owner: string;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
}

/** The token is told once, here, and kept nowhere. */
export async function makeToken(input: z.infer<typeof tokenSchema> & { userId: string }): Promise<{
  id: string;
  token: string;
}> {
  const { userId, name, scope, days } = input;
  const [id, token] = [ulid(), `${PREFIX}${newToken()}`];
  await database()
    .insert(apiTokens)
    .values({
      ...{ id, userId, name, scope, tokenHash: hashToken(token) },
      expiresAt: sql`now() + ${days} * interval '1 day'`,
    });
  return { id, token };
}

const isValid = () => and(isNull(apiTokens.revokedAt), gt(apiTokens.expiresAt, sql`now()`));

/** Those that still open something; of one user, or of all. */
export async function listTokens({ userId }: { userId?: string } = {}): Promise<TokenView[]> {
  const rows = await database()
    .select({ token: apiTokens, owner: users.email })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(and(isValid(), userId === undefined ? undefined : eq(apiTokens.userId, userId)))
    .orderBy(desc(apiTokens.id));
  return rows.map(({ token, owner }) => ({
    ...{ id: token.id, name: token.name, scope: readScope(token.scope), userId: token.userId, owner },
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt.toISOString(),
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
  }));
}

/** Whose a token is; null for one that there is not. */
export async function tokenOwner({ id }: { id: string }): Promise<{ userId: string; name: string } | null> {
  const columns = { userId: apiTokens.userId, name: apiTokens.name };
  const [row] = await database().select(columns).from(apiTokens).where(eq(apiTokens.id, id));
  return row ?? null;
}

export async function revokeToken({ id }: { id: string }): Promise<void> {
  const revoked = await database()
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiTokens.id, id), isNull(apiTokens.revokedAt)))
    .returning({ id: apiTokens.id });
  if (revoked.length === 0) throw new FerryError("token.missing");
}

/** Who a request's `Authorization: Bearer …` is; nobody for a token that is not, or no longer, one. */
export async function viewerOfToken(text: string): Promise<Viewer> {
  if (!text.startsWith(PREFIX) || !isToken(text.slice(PREFIX.length))) return NOBODY;
  const [row] = await database()
    .select({ token: apiTokens, role: users.role })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(and(eq(apiTokens.tokenHash, hashToken(text)), isValid()));
  if (!row) return NOBODY;
  const { id, name, userId, scope, lastUsedAt } = row.token;
  if (!lastUsedAt || Date.now() - lastUsedAt.getTime() > USE_NOTED_EVERY_MS) {
    await database().update(apiTokens).set({ lastUsedAt: sql`now()` }).where(eq(apiTokens.id, id));
  }
  return { kind: "token", id, name, userId, role: readRole(row.role), scope: readScope(scope) };
}
