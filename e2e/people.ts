import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Viewer } from "@/lib/accounts/viewer";
import { query } from "./imports/scene";
import { startMetadata } from "./metadata";
import type { TestDatabase } from "./servers/test-servers";

export const PASSWORD = "correct horse battery";
export const anna = { name: "Anna", email: "anna@ferry.example", password: PASSWORD };

/** A Ferry's accounts before each test: nobody yet. What is of lib/accounts is loaded when its database is there. */
export function emptyAccounts(): { sql: (text: string, values?: unknown[]) => Promise<unknown[]> } {
  let metadata: TestDatabase;
  const sql = (text: string, values: unknown[] = []) => query(metadata.spec, text, values);
  beforeAll(async () => {
    metadata = await startMetadata();
    Object.assign(process.env, { FERRY_URL: "https://ferry.example", FERRY_OWNER_EMAIL: "Olga@ferry.example" });
  });
  afterAll(() => metadata?.drop());
  beforeEach(async () => {
    await sql("delete from users; delete from invites; delete from audit_log");
  });
  return { sql };
}

export async function owner(email = anna.email): Promise<string> {
  const { setUp } = await import("@/lib/accounts/set-up");
  const { setUpSecret } = await import("@/lib/accounts/derived-secrets");
  return (await setUp({ ...anna, email, secret: setUpSecret() })).id;
}

export async function memberOf(by: string, email = "ben@ferry.example"): Promise<string> {
  const { invite, join } = await import("@/lib/accounts/invites");
  const { token } = await invite({ email, by });
  return (await join({ token, name: "Ben", password: PASSWORD })).id;
}

/** What a browser sends next. */
export async function cookieOf(email: string, password: string): Promise<Headers> {
  const { createAuth } = await import("@/lib/accounts/auth");
  const { signIn } = await import("@/lib/accounts/sign-in");
  const { headers } = await signIn(createAuth(), { email, password }, new Headers());
  return new Headers({
    cookie: headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; "),
  });
}

export async function viewerOf(sent: Headers): Promise<Viewer> {
  const { createAuth } = await import("@/lib/accounts/auth");
  const { viewerOfSession } = await import("@/lib/accounts/sign-in");
  return viewerOfSession(createAuth(), sent);
}
