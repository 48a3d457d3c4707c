import type { OwnFerry } from "@/e2e/browser/own-ferry";
import { WHO, type Who } from "./table";

/** What is in the import that everybody tries to get at: no refused answer holds it. */
export const MARKER = "marker-harbour-4471";
export const IMPORT = "01JACCESS00000000000000000";
export const PASSWORD = "correct horse battery";

export interface Cast {
  /** What each sends with a request; `anew` where that will end the session. */
  headersOf(who: Who, anew?: boolean): Promise<Record<string, string>>;
  /** The token of a link to the import. */
  shareToken: string;
}

const EMAILS = {
  owner: "owner@ferry.example",
  member: "member@ferry.example",
  former: "former@ferry.example",
} as const;

/** People, tokens and an import, made by the same verbs as the pages use, in the database of a Ferry that runs. */
export async function gather(ferry: OwnFerry): Promise<Cast> {
  // Read once, and not left behind: another test of this process starts another Ferry.
  const before = { ...process.env };
  Object.assign(process.env, ferry.environment, { FERRY_ACCOUNTS: "on" });
  const { env } = await import("@/lib/env");
  env();
  for (const name of Object.keys(ferry.environment)) delete process.env[name];
  delete process.env.FERRY_ACCOUNTS;
  Object.assign(process.env, before);
  const { setUp } = await import("@/lib/accounts/set-up");
  const { setUpSecret } = await import("@/lib/accounts/derived-secrets");
  const { invite, join } = await import("@/lib/accounts/invites");
  const { removeMember } = await import("@/lib/accounts/users");
  const { makeToken } = await import("@/lib/accounts/api-tokens");
  const { shareImport } = await import("@/lib/imports/share-import");
  const { createAuth } = await import("@/lib/accounts/auth");
  const { signIn } = await import("@/lib/accounts/sign-in");

  await insertImport();
  const input = { name: "Owner", email: EMAILS.owner, password: PASSWORD };
  const owner = await setUp({ ...input, secret: setUpSecret() });
  const joined = async (email: string) => {
    const { token } = await invite({ email, by: owner.id });
    return join({ token, name: email, password: PASSWORD });
  };
  await joined(EMAILS.member);
  const former = await joined(EMAILS.former);
  const cookieOf = async (email: string) => {
    const { headers } = await signIn(createAuth(), { email, password: PASSWORD }, new Headers());
    return {
      cookie: headers
        .getSetCookie()
        .map((one) => one.split(";")[0])
        .join("; "),
    };
  };
  const formerCookie = await cookieOf(EMAILS.former);
  await removeMember({ id: former.id });
  const tokenOf = async (scope: "read" | "write" | "admin") => {
    const { token } = await makeToken({ userId: owner.id, name: scope, scope, days: 1 });
    return { authorization: `Bearer ${token}` };
  };
  const tokens = { read: await tokenOf("read"), write: await tokenOf("write"), admin: await tokenOf("admin") };
  const { token: shareToken } = await shareImport({ id: IMPORT });

  const cookies = { owner: await cookieOf(EMAILS.owner), member: await cookieOf(EMAILS.member) };

  return {
    shareToken,
    headersOf: async (who, anew = false) => {
      // Each from an address of their own: together they would ask too often.
      const from = { "x-forwarded-for": `192.0.2.${WHO.indexOf(who) + 1}` };
      if (who === "nobody" || who === "share") return from;
      if (who === "former") return { ...from, ...formerCookie };
      if (who !== "owner" && who !== "member") return { ...from, ...tokens[who] };
      return { ...from, ...(anew ? await cookieOf(EMAILS[who]) : cookies[who]) };
    },
  };
}

/** One that has ended: nothing that is allowed here moves it, and its page stays where it is. */
async function insertImport(): Promise<void> {
  const { sql } = await import("drizzle-orm");
  const { database } = await import("@/lib/db/client");
  const end = (side: string) =>
    JSON.stringify({
      ...{ kind: "url", host: `${side}.example`, port: 5432, user: "u", database: MARKER, version: "17" },
    });
  await database().execute(sql`
    insert into imports (id, name, status, phase, options, source, target, started_at, finished_at)
    values (${IMPORT}, ${MARKER}, 'succeeded', 'done', '{}', ${end("source")}::jsonb, ${end("target")}::jsonb, now(), now())`);
}
