"use server";

import { refresh } from "next/cache";
import { allowAction, limitUser, note } from "@/app/_server/access";
import { attempt, type Outcome } from "@/app/_server/outcome";
import type { Deed } from "@/lib/accounts/audit";
import type { Action } from "@/lib/accounts/may";
import type { Viewer } from "@/lib/accounts/viewer";
import { cancelImport, cancelSchema } from "@/lib/imports/cancel-import";
import { type GivenAgain, hasGiven } from "@/lib/imports/give-passwords";
import { pauseImport, pauseSchema } from "@/lib/imports/pause-import";
import { resumeImport } from "@/lib/imports/resume-import";
import { retryImport, retrySchema } from "@/lib/imports/retry-import";
import { revealTarget } from "@/lib/imports/reveal-target";
import { revokeShares } from "@/lib/imports/revoke-shares";
import { setSpeedLimit, speedLimitSchema } from "@/lib/imports/set-speed-limit";
import { shareImport } from "@/lib/imports/share-import";
import { verifyAgain, verifyAgainSchema } from "@/lib/imports/verify-again";
import { wipePasswordsNow } from "@/lib/imports/wipe-passwords";

export async function pause(id: string, letGo: boolean): Promise<Outcome> {
  return changing(id, "imports.run", "import.paused", () => pauseImport({ id, ...pauseSchema.parse({ letGo }) }));
}

export async function resume(id: string): Promise<Outcome> {
  return changing(id, "imports.run", "import.resumed", () => resumeImport({ id }));
}

export async function cancel(id: string, discard: boolean): Promise<Outcome> {
  return changing(id, "imports.run", "import.cancelled", () =>
    cancelImport({ id, ...cancelSchema.parse({ discard }) }),
  );
}

/** With the connection strings, where their passwords are forgotten: they go to the server once, and are sealed there. */
export async function retry(id: string, all: boolean, given: GivenAgain = {}): Promise<Outcome> {
  return changing(id, "imports.run", "import.retried", async (viewer) => {
    const input = retrySchema.parse({ all, ...given });
    if (hasGiven(input)) await limitUser(viewer, "connect");
    await retryImport({ id, ...input });
    if (hasGiven(input)) await note({ viewer, deed: "import.passwords_given", subject: id });
  });
}

export async function limitSpeed(id: string, maxMegabytesPerSecond: number | null): Promise<Outcome> {
  return changing(id, "imports.change", "import.speed_limited", () =>
    setSpeedLimit({ id, ...speedLimitSchema.parse({ maxMegabytesPerSecond }) }),
  );
}

/** At once, instead of a day after the import has ended. */
export async function wipePasswords(id: string): Promise<Outcome> {
  return changing(id, "imports.run", "import.passwords_wiped", () => wipePasswordsNow({ id }));
}

export async function share(id: string): Promise<Outcome<{ token: string }>> {
  return noted(id, "imports.share", "import.shared", () => shareImport({ id }));
}

export async function revoke(id: string): Promise<Outcome> {
  return noted(id, "imports.share", "import.shares_revoked", async () => {
    await revokeShares({ id });
    return null;
  });
}

/** The one way in which the target's password reaches a browser: somebody asked to see or copy it. */
export async function reveal(id: string): Promise<Outcome<{ url: string; pooledUrl: string | null }>> {
  return noted(id, "imports.reveal", "import.target_revealed", () => revealTarget({ id }));
}

/** The source's connection string goes to the server once, where it is sealed until both sides are compared. */
export async function compareAgain(id: string, source: string): Promise<Outcome<{ number: number }>> {
  return noted(id, "imports.run", "import.verified_again", async (viewer) => {
    await limitUser(viewer, "connect");
    return verifyAgain({ id, ...verifyAgainSchema.parse({ source }) });
  });
}

/** Asks whether the viewer may, does it, and writes it down. */
async function noted<T>(
  id: string,
  action: Action,
  deed: Deed,
  verb: (viewer: Viewer) => Promise<T>,
): Promise<Outcome<T>> {
  return attempt(async () => {
    const viewer = await allowAction(action);
    const value = await verb(viewer);
    await note({ viewer, deed, subject: id });
    return value;
  });
}

async function changing(
  id: string,
  action: Action,
  deed: Deed,
  verb: (viewer: Viewer) => Promise<unknown>,
): Promise<Outcome> {
  const outcome = await noted(id, action, deed, async (viewer) => {
    await verb(viewer);
    return null;
  });
  refresh();
  return outcome;
}
