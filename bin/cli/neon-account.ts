import { accountOf, type NeonAccount, openNeonAccount } from "@/lib/imports/neon/account";
import { replaceOwnKey } from "@/lib/imports/neon/place";
import { tell } from "./terminal";

/** Whoever sits at this machine. */
const BY = "local";

/** The account of the key in the environment; without one that of the Ferry on this machine, which runs by then. */
export async function commandAccount(): Promise<NeonAccount> {
  const key = process.env.NEON_API_KEY;
  if (key) return accountOf(key);
  const account = await openNeonAccount({ by: BY });
  tell("NEON_API_KEY is not set: these are the projects that the Ferry on this machine shows.\n");
  return account;
}

/** An import that came with a key goes on with the one that is in the environment now: its own may be revoked. */
export async function renewNeonKey(importId: string): Promise<void> {
  const key = process.env.NEON_API_KEY;
  if (key) await replaceOwnKey(importId, key);
}
