import { readInvite } from "@/lib/accounts/invites";
import { FerryError } from "@/lib/errors/ferry-error";
import { asksForSignIn } from "@/lib/security/sign-in-mode";

/** For whom a link is; null for one that lets nobody in. Where nobody signs in there are none. */
export async function readLink(token: string, kind: "join" | "reset"): Promise<string | null> {
  if (!asksForSignIn()) return null;
  try {
    return (await readInvite({ token, kind })).email;
  } catch (error) {
    if (error instanceof FerryError && error.code === "invite.invalid") return null;
    throw error;
  }
}
