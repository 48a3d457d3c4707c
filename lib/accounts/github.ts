import { genericOAuth } from "better-auth/plugins/generic-oauth";
import * as z from "zod";
import { env } from "@/lib/env";

/** As better-auth and the address of the callback know it. */
const PROVIDER = "github";
const GITHUB = "https://github.com";
const LONGEST_NAME = 100;
const PATIENCE_MS = 10_000;

/** Whether people may sign in through GitHub: it must know where to send them back to. */
export function hasGitHub(): boolean {
  const { GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, FERRY_URL } = env();
  return Boolean(GITHUB_CLIENT_ID && GITHUB_CLIENT_SECRET && FERRY_URL);
}

/** Where people sign in and where its API answers: a GitHub Enterprise Server has both at one host. Pure. */
export function gitHubPlaces(given: string | undefined): { web: string; api: string } {
  const web = (given || GITHUB).replace(/\/+$/, "");
  return { web, api: web === GITHUB ? "https://api.github.com" : `${web}/api/v3` };
}

const profileShape = z.object({
  id: z.number().int().positive(),
  login: z.string().min(1),
  name: z.string().nullish(),
});
const emailsShape = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

export interface GitHubUser {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
}

/**
 * Who somebody is by the two answers of GitHub's: the address that counts is the primary one of their own list, and not
 * the one on their profile, which is for show. Pure; null where there is none.
 */
export function readGitHubUser(profile: unknown, emails: unknown): GitHubUser | null {
  const who = profileShape.safeParse(profile);
  const primary = emailsShape.safeParse(emails).data?.find((one) => one.primary);
  if (!who.success || !primary) return null;
  const { id, login, name } = who.data;
  return {
    id: String(id),
    name: (name || login).slice(0, LONGEST_NAME),
    email: primary.email,
    emailVerified: primary.verified,
  };
}

async function ask(url: string, token: string): Promise<unknown> {
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, accept: "application/vnd.github+json", "user-agent": "ferry" },
    // The token is for this address and no other.
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return answer.ok ? answer.json() : null;
}

/** better-auth's own provider knows GitHub's own addresses only; this one asks wherever `FERRY_GITHUB_URL` says. */
export function gitHubPlugins() {
  if (!hasGitHub()) return [];
  const { GITHUB_CLIENT_ID = "", GITHUB_CLIENT_SECRET = "", FERRY_GITHUB_URL } = env();
  const { web, api } = gitHubPlaces(FERRY_GITHUB_URL);
  return [
    genericOAuth({
      config: [
        {
          providerId: PROVIDER,
          clientId: GITHUB_CLIENT_ID,
          clientSecret: GITHUB_CLIENT_SECRET,
          authorizationUrl: `${web}/login/oauth/authorize`,
          tokenUrl: `${web}/login/oauth/access_token`,
          scopes: ["read:user", "user:email"],
          authentication: "post",
          pkce: true,
          getUserInfo: async ({ accessToken }) => {
            // GitHub answers a wrong code with 200 and no token.
            if (!accessToken) return null;
            const [profile, emails] = await Promise.all([
              ask(`${api}/user`, accessToken),
              ask(`${api}/user/emails`, accessToken),
            ]);
            const user = readGitHubUser(profile, emails);
            return user && { ...user };
          },
        },
      ],
    }),
  ];
}
