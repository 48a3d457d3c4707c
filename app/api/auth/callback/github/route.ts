import { note } from "@/app/_server/access";
import { auth } from "@/app/_server/auth";
import { sessionCookieName } from "@/lib/accounts/cookies";
import { hasGitHub } from "@/lib/accounts/github";
import { viewerOfSession } from "@/lib/accounts/sign-in";
import { NOBODY } from "@/lib/accounts/viewer";
import { env } from "@/lib/env";
import { asksForSignIn } from "@/lib/security/sign-in-mode";

/** Where GitHub sends people back to. It is the only one of better-auth's routes that is served: see SECURITY.md. */
export async function GET(request: Request): Promise<Response> {
  if (!asksForSignIn() || !hasGitHub()) return new Response("Not found\n", { status: 404 });
  const response = await auth().handler(request);
  const cookie = response.headers.getSetCookie().find((one) => one.startsWith(`${sessionCookieName(env())}=`));
  if (cookie === undefined) {
    await note({ viewer: NOBODY, deed: "session.refused", detail: "through GitHub" });
  } else {
    const viewer = await viewerOfSession(auth(), new Headers({ cookie: cookie.split(";")[0] ?? "" }));
    await note({ viewer, deed: "session.opened", detail: "through GitHub" });
  }
  return response;
}
