import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { type AuditLine, noteDeed } from "@/lib/accounts/audit";
import { type Action, may, type Subject } from "@/lib/accounts/may";
import { LOCAL, NOBODY, type Viewer, viewerId } from "@/lib/accounts/viewer";
import { FerryError } from "@/lib/errors/ferry-error";
import { limitRate } from "@/lib/requests/limit-rate";
import { clientAddress } from "@/lib/security/client-address";
import type { LimitedAction } from "@/lib/security/rate-limit";
import { asksForSignIn } from "@/lib/security/sign-in-mode";

/**
 * Who asks, for pages, server actions and routes: everything that Ferry serves asks through one of the functions below,
 * which all ask `may`. e2e/access tries each with every kind of viewer, and fails for one that it does not know.
 */

/** Looked up once per request. An embedded Ferry on a loopback address looks nothing up. */
export const currentViewer = cache(async (): Promise<Viewer> => {
  if (!asksForSignIn()) return LOCAL;
  return viewerOfCookie(await headers());
});

async function viewerOfCookie(sent: Headers): Promise<Viewer> {
  // Nobody who sends no cookie needs to load what reads them.
  if (!sent.get("cookie")?.includes("ferry-session")) return NOBODY;
  const [{ auth }, { viewerOfSession }] = await Promise.all([import("./auth"), import("@/lib/accounts/sign-in")]);
  return viewerOfSession(auth(), sent);
}

/** A script's token stands before a cookie: whoever sends one means it, also where it is not valid any more. */
async function viewerOfRequest(request: Request): Promise<Viewer> {
  if (!asksForSignIn()) return LOCAL;
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (bearer === undefined) return viewerOfCookie(request.headers);
  const { viewerOfToken } = await import("@/lib/accounts/api-tokens");
  return viewerOfToken(bearer);
}

/** For a page: whoever is not signed in comes back to it after signing in. */
export async function allowPage(action: Action, comeBackTo: string, subject?: Subject): Promise<Viewer> {
  const viewer = await currentViewer();
  if (may(viewer, action, subject)) return viewer;
  if (viewer.kind === "nobody") redirect(`/login?next=${encodeURIComponent(comeBackTo)}`);
  redirect("/");
}

/** For a server action, which a page of this very site calls. */
export async function allowAction(action: Action, subject?: Subject): Promise<Viewer> {
  return allowed(await currentViewer(), action, subject);
}

/** For a route of the API: a cookie or an API token. */
export async function allowRequest(request: Request, action: Action, subject?: Subject): Promise<Viewer> {
  return allowed(await viewerOfRequest(request), action, subject);
}

function allowed(viewer: Viewer, action: Action, subject?: Subject): Viewer {
  if (may(viewer, action, subject)) return viewer;
  throw new FerryError(viewer.kind === "nobody" ? "access.signed_out" : "access.refused");
}

/** What is dear, or could be guessed, is counted by who asks, from wherever they ask: the proxy counts by where. */
export const limitUser = (viewer: Viewer, action: LimitedAction): Promise<void> =>
  limitRate(action, { user: viewerId(viewer) });

/** Notes what was done, from where it was asked for. */
export async function note(line: Omit<AuditLine, "address">): Promise<void> {
  await noteDeed({ ...line, address: addressOf(await headers()) });
}

/** Who is at the other end, as far as the operator's own proxies tell. */
export const addressOf = (sent: Headers): string | null =>
  clientAddress(sent.get("x-forwarded-for"), Number(process.env.FERRY_PROXIES) || 1);
