import { APIError } from "better-auth/api";
import * as z from "zod";
import { FerryError } from "@/lib/errors/ferry-error";
import { type Auth, GITHUB_REFUSED } from "./auth";
import { NOBODY, readRole, type Viewer } from "./viewer";

export const signInSchema = z.object({ email: z.string().max(200), password: z.string().max(1_000) });

export type UserViewer = Extract<Viewer, { kind: "user" }>;

interface KnownUser {
  id: string;
  name: string;
  email: string;
  role?: string | null;
}

const userViewer = ({ id, name, email, role }: KnownUser): UserViewer => ({
  ...{ kind: "user", id, name, email, role: readRole(role) },
});

/** Who the session cookie says; a session that has ended, or whose user is no member any more, is nobody's. */
export async function viewerOfSession(auth: Auth, headers: Headers): Promise<Viewer> {
  const found = await auth.api.getSession({ headers });
  const viewer = found && userViewer(found.user);
  return viewer && viewer.role !== "former" ? viewer : NOBODY;
}

/** One sentence for every reason: whether an address is known here is nobody's business. */
export async function signIn(
  auth: Auth,
  input: z.infer<typeof signInSchema>,
  headers: Headers,
): Promise<{ viewer: UserViewer; headers: Headers }> {
  try {
    const signedIn = await auth.api.signInEmail({ body: input, headers, returnHeaders: true });
    return { viewer: userViewer(signedIn.response.user), headers: signedIn.headers };
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) {
      throw new FerryError("session.refused", {}, { cause: error });
    }
    throw error;
  }
}

/** Where to go on at GitHub. */
export async function gitHubAddress(auth: Auth, callbackURL: string, headers: Headers): Promise<string> {
  const body = { provider: "github", callbackURL, errorCallbackURL: GITHUB_REFUSED, disableRedirect: true } as const;
  const { url } = await auth.api.signInSocial({ body, headers });
  if (!url) throw new FerryError("session.github_refused");
  return url;
}

export const passwordChangeSchema = z.object({ current: z.string().max(1_000), next: z.string().min(12).max(200) });

/** Every other session ends. */
export async function changePassword(
  auth: Auth,
  { current, next }: z.infer<typeof passwordChangeSchema>,
  headers: Headers,
): Promise<void> {
  const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
  try {
    await auth.api.changePassword({ body, headers });
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) {
      throw new FerryError("account.wrong_password", {}, { cause: error });
    }
    throw error;
  }
}
