import { eq } from "drizzle-orm";
import * as z from "zod";
import { type Database, database, type Transaction } from "@/lib/db/client";
import { neonAccounts } from "@/lib/db/schema";
import { env, neonVariables } from "@/lib/env";
import { FerryError } from "@/lib/errors/ferry-error";
import { open, parseKeyring, seal } from "@/lib/security/keyring";
import { rememberSecret } from "@/lib/security/redact";
import { type NeonAccess, NeonApi } from "@/lib/target/neon/api";
import { checkKey } from "@/lib/target/neon/calls";

/**
 * Whose account: `local` is the one that somebody has entered, `embedded` the one that the environment names, and `own`
 * belongs to one import, with which it was given.
 */
export type NeonOwner = "local" | "embedded" | "own";

/** An account with its key, in the memory of a process that uses it. */
export interface NeonAccount {
  owner: NeonOwner;
  access: NeonAccess;
}

/** Longest that somebody waits for an answer in front of a page. */
const PATIENCE_MS = 30_000;

export const neonKeySchema = z.object({ key: z.string().trim().min(8).max(500) });

const LOCAL = "local";
const idOf = (owner: "own", importId: string) => `${owner}:${importId}`;
const sealedFor = (ownerId: string) => `neon-account:${ownerId}`;

/** What may be shown of the account that is used; null where there is none. */
export async function neonAccount(): Promise<{ owner: NeonOwner; lastFour: string } | null> {
  const row = await findRow(LOCAL);
  if (row) return { owner: "local", lastFour: row.lastFour };
  const { key } = neonVariables();
  return key ? { owner: "embedded", lastFour: key.slice(-4) } : null;
}

/** Keeps a key, sealed, once Neon has taken it. */
export async function saveNeonKey({ key }: z.infer<typeof neonKeySchema>): Promise<{ lastFour: string }> {
  await checkKey(apiOf(accountOf(key)));
  return keepKey(database(), LOCAL, key);
}

/** The key that came with an import serves that import only. */
export async function keepOwnKey(db: Database | Transaction, importId: string, key: string): Promise<void> {
  await keepKey(db, idOf("own", importId), key);
}

async function keepKey(db: Database | Transaction, ownerId: string, key: string): Promise<{ lastFour: string }> {
  const sealed = seal(parseKeyring(env().FERRY_KEYS), sealedFor(ownerId), key);
  const lastFour = key.slice(-4);
  await db
    .insert(neonAccounts)
    .values({ ownerId, sealed, lastFour })
    .onConflictDoUpdate({ target: neonAccounts.ownerId, set: { sealed, lastFour, createdAt: new Date() } });
  return { lastFour };
}

export const forgetNeonKey = (): Promise<void> => forgetKey(LOCAL);

export const forgetOwnKey = (importId: string): Promise<void> => forgetKey(idOf("own", importId));

async function forgetKey(ownerId: string): Promise<void> {
  await database().delete(neonAccounts).where(eq(neonAccounts.ownerId, ownerId));
}

/** The account to use, or that of an import that has one already. When an import's own key is forgotten, it is the one to use. */
export async function openNeonAccount(owner?: NeonOwner, importId = ""): Promise<NeonAccount> {
  const own = owner === "own" ? await findRow(idOf("own", importId)) : null;
  const row = own ?? (owner === "embedded" ? null : await findRow(LOCAL));
  if (row) {
    const key = open(parseKeyring(env().FERRY_KEYS), sealedFor(row.ownerId), row.sealed);
    return { ...accountOf(key), owner: own ? "own" : "local" };
  }
  const { key, url } = neonVariables();
  if (!key || owner === "local") throw new FerryError("neon.no_key");
  rememberSecret(key);
  return { owner: "embedded", access: { key, url } };
}

/** Whether the environment's account is the stand-in of this machine. */
export function isNeonHere(): boolean {
  const { url } = neonVariables();
  return url !== null && ["127.0.0.1", "localhost"].includes(new URL(url).hostname);
}

/** An account whose key somebody gives. The environment's address is that of the environment's account, if it has one. */
export function accountOf(key: string): NeonAccount {
  rememberSecret(key);
  const given = neonVariables();
  return { owner: "own", access: { key, url: given.key ? null : given.url } };
}

export const apiOf = ({ access }: NeonAccount): NeonApi => new NeonApi(access, Date.now() + PATIENCE_MS);

export const openNeonApi = async (): Promise<NeonApi> => apiOf(await openNeonAccount());

async function findRow(ownerId: string) {
  const [row] = await database().select().from(neonAccounts).where(eq(neonAccounts.ownerId, ownerId));
  return row ?? null;
}
