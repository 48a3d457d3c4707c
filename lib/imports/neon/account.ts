import { eq } from "drizzle-orm";
import * as z from "zod";
import { database } from "@/lib/db/client";
import { neonAccounts } from "@/lib/db/schema";
import { env, neonVariables } from "@/lib/env";
import { FerryError } from "@/lib/errors/ferry-error";
import { open, parseKeyring, seal } from "@/lib/security/keyring";
import { rememberSecret } from "@/lib/security/redact";
import { type NeonAccess, NeonApi } from "@/lib/target/neon/api";
import { listOrganizations } from "@/lib/target/neon/calls";

/** Whose account: `embedded` is the one that the environment names, `local` the one that somebody has entered. */
export type NeonOwner = "local" | "embedded";

/** An account with its key, in the memory of a process that uses it. */
export interface NeonAccount {
  owner: NeonOwner;
  access: NeonAccess;
}

/** Longest that somebody waits for an answer in front of a page. */
const PATIENCE_MS = 30_000;

export const neonKeySchema = z.object({ key: z.string().trim().min(8).max(500) });

const sealedFor = (ownerId: string) => `neon-account:${ownerId}`;

/** What may be shown of the account that is used; null where there is none. */
export async function neonAccount(): Promise<{ owner: NeonOwner; lastFour: string } | null> {
  const row = await findRow("local");
  if (row) return { owner: "local", lastFour: row.lastFour };
  const { key } = neonVariables();
  return key ? { owner: "embedded", lastFour: key.slice(-4) } : null;
}

/** Keeps a key, sealed, once Neon has taken it. */
export async function saveNeonKey({ key }: z.infer<typeof neonKeySchema>): Promise<{ lastFour: string }> {
  const { access } = accountOf(key);
  await listOrganizations(apiOf({ owner: "local", access }));
  return keepNeonKey(key);
}

export async function keepNeonKey(key: string): Promise<{ lastFour: string }> {
  const sealed = seal(parseKeyring(env().FERRY_KEYS), sealedFor("local"), key);
  const lastFour = key.slice(-4);
  await database()
    .insert(neonAccounts)
    .values({ ownerId: "local", sealed, lastFour })
    .onConflictDoUpdate({ target: neonAccounts.ownerId, set: { sealed, lastFour, createdAt: new Date() } });
  return { lastFour };
}

export async function forgetNeonKey(): Promise<void> {
  await database().delete(neonAccounts).where(eq(neonAccounts.ownerId, "local"));
}

/** The account to use, or that of an import that has one already. */
export async function openNeonAccount(owner?: NeonOwner): Promise<NeonAccount> {
  const row = owner === "embedded" ? null : await findRow("local");
  if (row) return accountOf(open(parseKeyring(env().FERRY_KEYS), sealedFor("local"), row.sealed));
  const { key, url } = neonVariables();
  if (!key || owner === "local") throw new FerryError("neon.no_key");
  rememberSecret(key);
  return { owner: "embedded", access: { key, url } };
}

/** An account whose key somebody has entered. The environment's address is that of the environment's account, if it has one. */
export function accountOf(key: string): NeonAccount {
  rememberSecret(key);
  const given = neonVariables();
  return { owner: "local", access: { key, url: given.key ? null : given.url } };
}

export const apiOf = ({ access }: NeonAccount): NeonApi => new NeonApi(access, Date.now() + PATIENCE_MS);

export const openNeonApi = async (): Promise<NeonApi> => apiOf(await openNeonAccount());

async function findRow(ownerId: string) {
  const [row] = await database().select().from(neonAccounts).where(eq(neonAccounts.ownerId, ownerId));
  return row ?? null;
}
