import { and, eq, isNotNull } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { credentials, neonAccounts, signingKeys } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { parseKeyring } from "@/lib/security/keyring";
import { resealed } from "@/lib/security/reseal";
import { credentialOwner } from "./credentials";
import { neonKeyOwner } from "./neon/account";
import { signingKeyOwner } from "./signing-key";

export interface Rotated {
  key: string;
  resealed: number;
  /** Sealed under the first key already. */
  untouched: number;
}

/**
 * Seals everything under the first of FERRY_KEYS, so that the others can be taken out. Nothing has to stand still: what
 * changes meanwhile is left as it was made, by a process that knows the same keys. May be repeated.
 */
export async function rotateKeys(): Promise<Rotated> {
  const keyring = parseKeyring(env().FERRY_KEYS);
  const rotated: Rotated = { key: keyring.current.id, resealed: 0, untouched: 0 };
  const count = (isNew: boolean) => {
    if (isNew) rotated.resealed += 1;
    else rotated.untouched += 1;
  };
  for (const { importId, side, sealed } of await database()
    .select()
    .from(credentials)
    .where(isNotNull(credentials.sealed))) {
    const again = sealed && resealed(keyring, credentialOwner(importId, side as "source" | "target"), sealed);
    // Only over what was read: a password that was wiped or stored anew meanwhile stays so.
    const same = and(
      eq(credentials.importId, importId),
      eq(credentials.side, side),
      eq(credentials.sealed, sealed ?? ""),
    );
    if (again) await database().update(credentials).set({ sealed: again }).where(same);
    count(Boolean(again));
  }
  for (const { publicKey, sealed } of await database().select().from(signingKeys)) {
    const again = resealed(keyring, signingKeyOwner(publicKey), sealed);
    const same = and(eq(signingKeys.publicKey, publicKey), eq(signingKeys.sealed, sealed));
    if (again) await database().update(signingKeys).set({ sealed: again }).where(same);
    count(again !== null);
  }
  for (const { ownerId, sealed } of await database().select().from(neonAccounts)) {
    const again = resealed(keyring, neonKeyOwner(ownerId), sealed);
    const same = and(eq(neonAccounts.ownerId, ownerId), eq(neonAccounts.sealed, sealed));
    if (again) await database().update(neonAccounts).set({ sealed: again }).where(same);
    count(again !== null);
  }
  return rotated;
}
