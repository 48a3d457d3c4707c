import { eq } from "drizzle-orm";
import * as z from "zod";
import { type Database, database, type Transaction } from "@/lib/db/client";
import { neonAccounts } from "@/lib/db/schema";
import { env, neonVariables } from "@/lib/env";
import { FerryError } from "@/lib/errors/ferry-error";
import { open, parseKeyring, seal } from "@/lib/security/keyring";
import { rememberSecret } from "@/lib/security/redact";
import { isOfThisMachine, type NeonAccess, NeonApi } from "@/lib/target/neon/api";
import { checkKey } from "@/lib/target/neon/calls";
import { NEON_VERSIONS } from "@/lib/target/neon/make-project";

/**
 * Whose account: the id of the user who has entered the key, `embedded` for the one that the environment names, and
 * `own` for one that belongs to an import, with which it was given.
 */
export type NeonOwner = string;

/** Who asks, by the id of a user. */
export interface Asked {
  by: string;
}

/** An account with its key, in the memory of a process that uses it. */
export interface NeonAccount {
  owner: NeonOwner;
  access: NeonAccess;
  /** The Postgres versions that a new project may have, newest first. */
  versions: readonly number[];
}

/** Longest that somebody waits for an answer in front of a page. */
const PATIENCE_MS = 30_000;

export const neonKeySchema = z.object({ key: z.string().trim().min(8).max(500) });

/** No user has such an id. */
export const EMBEDDED = "embedded";
/** Of an import that was given a key. */
export const OWN = "own";
const ownId = (importId: string) => `${OWN}:${importId}`;
export const neonKeyOwner = (ownerId: string) => `neon-account:${ownerId}`;

/** What may be shown of an account. */
export interface NeonAccountView {
  /** The user's own, or the one that all users of this Ferry have. */
  of: "user" | "ferry";
  lastFour: string;
}

/** The account that somebody uses; null where there is none. */
export async function neonAccount({ by }: Asked): Promise<NeonAccountView | null> {
  const row = await findRow(by);
  if (row) return { of: "user", lastFour: row.lastFour };
  const { key } = neonVariables();
  return key ? { of: "ferry", lastFour: key.slice(-4) } : null;
}

/** Keeps a key, sealed, once Neon has taken it. */
export async function saveNeonKey({ key, by }: z.infer<typeof neonKeySchema> & Asked): Promise<{ lastFour: string }> {
  await checkKey(apiOf(accountOf(key)));
  return keepKey(database(), by, key);
}

/** The key that came with an import serves that import only. */
export async function keepOwnKey(db: Database | Transaction, importId: string, key: string): Promise<void> {
  await keepKey(db, ownId(importId), key);
}

async function keepKey(db: Database | Transaction, ownerId: string, key: string): Promise<{ lastFour: string }> {
  const sealed = seal(parseKeyring(env().FERRY_KEYS), neonKeyOwner(ownerId), key);
  const lastFour = key.slice(-4);
  await db
    .insert(neonAccounts)
    .values({ ownerId, sealed, lastFour })
    .onConflictDoUpdate({ target: neonAccounts.ownerId, set: { sealed, lastFour, createdAt: new Date() } });
  return { lastFour };
}

export const forgetNeonKey = ({ by }: Asked): Promise<void> => forgetKey(by);

export const forgetOwnKey = (importId: string): Promise<void> => forgetKey(ownId(importId));

async function forgetKey(ownerId: string): Promise<void> {
  await database().delete(neonAccounts).where(eq(neonAccounts.ownerId, ownerId));
}

/** The account that somebody uses: their own, else the environment's. */
export async function openNeonAccount({ by }: Asked): Promise<NeonAccount> {
  return (await openKept(by)) ?? embeddedAccount();
}

/** That of an import. Where its own key is forgotten, or its user's, the environment's has to do. */
export async function openImportsAccount(owner: NeonOwner, importId: string): Promise<NeonAccount> {
  if (owner === EMBEDDED) return embeddedAccount();
  const kept = await openKept(owner === OWN ? ownId(importId) : owner);
  return kept ? { ...kept, owner } : embeddedAccount();
}

async function openKept(ownerId: string): Promise<NeonAccount | null> {
  const row = await findRow(ownerId);
  if (!row) return null;
  const key = open(parseKeyring(env().FERRY_KEYS), neonKeyOwner(ownerId), row.sealed);
  return { ...accountOf(key), owner: ownerId };
}

function embeddedAccount(): NeonAccount {
  const { key, url, versions } = neonVariables();
  if (!key) throw new FerryError("neon.no_key");
  rememberSecret(key);
  return { owner: EMBEDDED, access: { key, url }, versions: versions ?? NEON_VERSIONS };
}

/** Whether the environment's account is the stand-in of this machine. */
export const isNeonHere = (): boolean => isOfThisMachine(neonVariables().url);

/** An account whose key somebody gives. The environment's address is that of the environment's account, if it has one. */
export function accountOf(key: string): NeonAccount {
  rememberSecret(key);
  const given = neonVariables();
  return { owner: OWN, access: { key, url: given.key ? null : given.url }, versions: NEON_VERSIONS };
}

export const apiOf = ({ access }: NeonAccount): NeonApi => new NeonApi(access, Date.now() + PATIENCE_MS);

export const openNeonApi = async (asked: Asked): Promise<NeonApi> => apiOf(await openNeonAccount(asked));

async function findRow(ownerId: string) {
  const [row] = await database().select().from(neonAccounts).where(eq(neonAccounts.ownerId, ownerId));
  return row ?? null;
}
