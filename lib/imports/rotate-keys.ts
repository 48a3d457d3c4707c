import { and, eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { credentials, files, neonAccounts, signingKeys } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { fileSecretsOwner } from "@/lib/files/file-record";
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
  /** Only over what was read: what was wiped or stored anew meanwhile stays so. */
  const turn = async (owner: string, sealed: string, store: (again: string) => Promise<unknown>) => {
    const again = resealed(keyring, owner, sealed);
    if (again !== null) await store(again);
    rotated[again === null ? "untouched" : "resealed"] += 1;
  };
  for (const { importId, side, sealed } of await database().select().from(credentials)) {
    if (sealed === null) continue;
    const same = and(eq(credentials.importId, importId), eq(credentials.side, side), eq(credentials.sealed, sealed));
    await turn(credentialOwner(importId, side as "source" | "target"), sealed, (again) =>
      database().update(credentials).set({ sealed: again }).where(same),
    );
  }
  for (const { publicKey, sealed } of await database().select().from(signingKeys)) {
    const same = and(eq(signingKeys.publicKey, publicKey), eq(signingKeys.sealed, sealed));
    await turn(signingKeyOwner(publicKey), sealed, (again) =>
      database().update(signingKeys).set({ sealed: again }).where(same),
    );
  }
  for (const { ownerId, sealed } of await database().select().from(neonAccounts)) {
    const same = and(eq(neonAccounts.ownerId, ownerId), eq(neonAccounts.sealed, sealed));
    await turn(neonKeyOwner(ownerId), sealed, (again) =>
      database().update(neonAccounts).set({ sealed: again }).where(same),
    );
  }
  for (const { id, sealed } of await database().select().from(files)) {
    const same = and(eq(files.id, id), eq(files.sealed, sealed));
    await turn(fileSecretsOwner(id), sealed, (again) => database().update(files).set({ sealed: again }).where(same));
  }
  return rotated;
}
