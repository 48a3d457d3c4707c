import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { betterAuth } from "better-auth/minimal";
import type { BetterAuthPlugin } from "better-auth/types";
import { eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { accounts, sessions, signInStates, users } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { redact } from "@/lib/security/redact";
import { cookieSettings } from "./cookies";
import { sessionSecret } from "./derived-secrets";
import { gitHubPlugins } from "./github";
import { takeByEmail } from "./invites";
import { hasOwner } from "./owner";
import { readRole } from "./viewer";

/** Where GitHub's users come back to who are not let in. */
export const GITHUB_REFUSED = "/login?github=refused";
const DAY_SECONDS = 24 * 60 * 60;
export const SESSION_DAYS = 7;

/**
 * better-auth keeps the sessions, checks passwords and speaks with GitHub. Whom Ferry lets in is decided here: nobody can
 * sign up by themselves. It is loaded by pages, actions and routes of the web app alone.
 */
export function createAuth(plugins: BetterAuthPlugin[] = []) {
  const { FERRY_URL } = env();
  return betterAuth({
    appName: "Ferry",
    baseURL: FERRY_URL || undefined,
    basePath: "/api/auth",
    secret: sessionSecret(),
    database: drizzleAdapter(database(), {
      provider: "pg",
      schema: { user: users, session: sessions, account: accounts, verification: signInStates },
    }),
    user: { additionalFields: { role: { type: "string", required: false, input: false } } },
    session: { expiresIn: SESSION_DAYS * DAY_SECONDS, updateAge: DAY_SECONDS },
    // `insertUser` makes users: by set-up or invitation, and in one transaction with it.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 200 },
    // Whoever has a password here is not let in by a GitHub account that claims the same address.
    account: { accountLinking: { disableImplicitLinking: true }, updateAccountOnSignIn: false },
    databaseHooks: {
      user: { create: { before: async (user) => admitFromGitHub(user) } },
      // Ferry asks GitHub who somebody is, once, and wants nothing of it later.
      account: { create: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) } },
      session: { create: { before: async ({ userId }) => isMember(userId) } },
    },
    rateLimit: { enabled: false }, // Ferry counts tries itself, for all of its doors.
    telemetry: { enabled: false },
    onAPIError: { errorURL: GITHUB_REFUSED },
    logger: { level: "error", log: (_level, message) => console.error(redact(`Sign-in: ${message}`)) },
    advanced: {
      ...cookieSettings(env()),
      // The audit log has the address; a row per session would be a second record of it.
      ipAddress: { disableIpTracking: true },
      disableOriginCheck: false,
    },
    // The one for Next's cookies has to be the last.
    plugins: [...gitHubPlugins(), ...plugins],
  });
}

export type Auth = ReturnType<typeof createAuth>;

const NO_TOKENS = { accessToken: null, refreshToken: null, idToken: null };

/**
 * Only sign-ins through GitHub make users this way. Those come in whose address is invited, and, while there is no owner,
 * the one whom FERRY_OWNER_EMAIL names; GitHub must have verified the address.
 */
async function admitFromGitHub<User extends { email: string; emailVerified: boolean }>(user: User) {
  if (!user.emailVerified) return false;
  const email = user.email.toLowerCase();
  const isNamed = env().FERRY_OWNER_EMAIL?.trim().toLowerCase() === email;
  if (isNamed && !(await hasOwner())) return { data: { ...user, email, role: "owner" } };
  return (await takeByEmail(email)) && { data: { ...user, email, role: "member" } };
}

async function isMember(userId: string): Promise<boolean> {
  const [user] = await database().select({ role: users.role }).from(users).where(eq(users.id, userId));
  return user !== undefined && readRole(user.role) !== "former";
}
