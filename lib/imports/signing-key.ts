import { desc } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { signingKeys } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { open, parseKeyring, seal } from "@/lib/security/keyring";
import { newSigningKey, type SigningKey } from "@/lib/security/signing";

export const signingKeyOwner = (publicKey: string) => `signing-key:${publicKey}`;

/** The key that signs statements; the first to need one makes it. Two made at once are both good: all are told. */
export async function signingKey(): Promise<SigningKey> {
  const keyring = parseKeyring(env().FERRY_KEYS);
  const [row] = await database().select().from(signingKeys).orderBy(desc(signingKeys.createdAt)).limit(1);
  if (row) return { publicKey: row.publicKey, privateKey: open(keyring, signingKeyOwner(row.publicKey), row.sealed) };
  const key = newSigningKey();
  const sealed = seal(keyring, signingKeyOwner(key.publicKey), key.privateKey);
  await database().insert(signingKeys).values({ publicKey: key.publicKey, sealed });
  return key;
}

/** The public halves, newest first: what a statement's key is compared with. */
export async function publicKeys(): Promise<{ publicKey: string; createdAt: string }[]> {
  const rows = await database().select().from(signingKeys).orderBy(desc(signingKeys.createdAt));
  return rows.map(({ publicKey, createdAt }) => ({ publicKey, createdAt: createdAt.toISOString() }));
}
