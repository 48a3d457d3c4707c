"use server";

import { refresh } from "next/cache";
import { attempt, type Outcome } from "@/app/_server/outcome";
import { cancelImport, cancelSchema } from "@/lib/imports/cancel-import";
import { pauseImport, pauseSchema } from "@/lib/imports/pause-import";
import { resumeImport } from "@/lib/imports/resume-import";
import { retryImport, retrySchema } from "@/lib/imports/retry-import";
import { revealTarget } from "@/lib/imports/reveal-target";
import { revokeShares } from "@/lib/imports/revoke-shares";
import { setSpeedLimit, speedLimitSchema } from "@/lib/imports/set-speed-limit";
import { shareImport } from "@/lib/imports/share-import";
import { verifyAgain, verifyAgainSchema } from "@/lib/imports/verify-again";

export async function pause(id: string, letGo: boolean): Promise<Outcome> {
  return changing(() => pauseImport({ id, ...pauseSchema.parse({ letGo }) }));
}

export async function resume(id: string): Promise<Outcome> {
  return changing(() => resumeImport({ id }));
}

export async function cancel(id: string, discard: boolean): Promise<Outcome> {
  return changing(() => cancelImport({ id, ...cancelSchema.parse({ discard }) }));
}

export async function retry(id: string, all: boolean): Promise<Outcome> {
  return changing(() => retryImport({ id, ...retrySchema.parse({ all }) }));
}

export async function limitSpeed(id: string, maxMegabytesPerSecond: number | null): Promise<Outcome> {
  return changing(() => setSpeedLimit({ id, ...speedLimitSchema.parse({ maxMegabytesPerSecond }) }));
}

export async function share(id: string): Promise<Outcome<{ token: string }>> {
  return attempt(() => shareImport({ id }));
}

export async function revoke(id: string): Promise<Outcome> {
  return attempt(async () => {
    await revokeShares({ id });
    return null;
  });
}

/** The one way in which the target's password reaches a browser: somebody asked to see or copy it. */
export async function reveal(id: string): Promise<Outcome<{ url: string; pooledUrl: string | null }>> {
  return attempt(() => revealTarget({ id }));
}

/** The source's connection string goes to the server once, where it is sealed until both sides are compared. */
export async function compareAgain(id: string, source: string): Promise<Outcome<{ number: number }>> {
  return attempt(() => verifyAgain({ id, ...verifyAgainSchema.parse({ source }) }));
}

async function changing(verb: () => Promise<unknown>): Promise<Outcome> {
  const outcome = await attempt(async () => {
    await verb();
    return null;
  });
  refresh();
  return outcome;
}
