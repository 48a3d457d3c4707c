import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { CLIENT, type GitHubPerson, type GitHubStandIn, startGitHub } from "@/e2e/github/stand-in";
import { query } from "@/e2e/imports/scene";
import { startMetadata } from "@/e2e/metadata";
import type { TestDatabase } from "@/e2e/servers/test-servers";
import type { Viewer } from "./viewer";

const FERRY = "http://ferry.test:3000";
const REFUSED = "/login?github=refused";
const ben: GitHubPerson = {
  ...{ id: 7, login: "ben", name: "Ben" },
  emails: [{ email: "Ben@ferry.example", primary: true, verified: true }],
};

let metadata: TestDatabase;
let gitHub: GitHubStandIn;
const sql = (text: string) => query<Record<string, unknown>>(metadata.spec, text);

beforeAll(async () => {
  [metadata, gitHub] = [await startMetadata(), await startGitHub(ben)];
  const { id: GITHUB_CLIENT_ID, secret: GITHUB_CLIENT_SECRET } = CLIENT;
  const FERRY_GITHUB_URL = gitHub.url;
  Object.assign(process.env, { GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, FERRY_GITHUB_URL, FERRY_URL: FERRY });
});
afterAll(async () => {
  await gitHub?.stop();
  await metadata?.drop();
});
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  await sql("delete from users; delete from invites; delete from sign_in_states");
  gitHub.person = ben;
  gitHub.asked.length = 0;
});

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .filter((one) => !/max-age=0/i.test(one))
    .map((one) => one.split(";")[0])
    .join("; ");

async function ask(path: string, init?: RequestInit): Promise<Response> {
  const { createAuth } = await import("./auth");
  return createAuth().handler(new Request(new URL(path, FERRY), init));
}

/** To GitHub, and what it sends the browser back with. */
async function depart(): Promise<{ cookie: string; back: URL }> {
  const body = { provider: "github", callbackURL: "/settings", errorCallbackURL: REFUSED, disableRedirect: true };
  const headers = { "content-type": "application/json", origin: FERRY };
  const answer = await ask("/api/auth/sign-in/social", { method: "POST", headers, body: JSON.stringify(body) });
  const { url } = await answer.json();
  expect(url).toMatch(new RegExp(`^${gitHub.url}/login/oauth/authorize\\?`));
  expect(url).not.toContain(CLIENT.secret);
  const there = await fetch(url, { redirect: "manual" });
  return { cookie: cookiesOf(answer), back: new URL(there.headers.get("location") ?? "") };
}

async function arrive(back: URL, cookie: string): Promise<{ location: string; viewer: Viewer }> {
  const answer = await ask(back.href, { headers: { cookie } });
  const { createAuth } = await import("./auth");
  const { viewerOfSession } = await import("./sign-in");
  const viewer = await viewerOfSession(createAuth(), new Headers({ cookie: cookiesOf(answer) }));
  return { location: answer.headers.get("location") ?? "", viewer };
}

async function signIn() {
  const { cookie, back } = await depart();
  return arrive(back, cookie);
}

async function owner(): Promise<string> {
  const { setUp } = await import("./set-up");
  const { setUpSecret } = await import("./derived-secrets");
  const input = { name: "Anna", email: "anna@ferry.example", password: "correct horse battery" };
  return (await setUp({ ...input, secret: setUpSecret() })).id;
}

async function inviteBen(): Promise<void> {
  const { invite } = await import("./invites");
  await invite({ email: "ben@ferry.example", by: await owner() });
}

const nobody = { kind: "nobody" };
const isRefused = ({ location, viewer }: { location: string; viewer: Viewer }) => {
  expect(location).toContain(REFUSED);
  expect(viewer).toEqual(nobody);
};

describe("through GitHub", () => {
  it("somebody who is invited comes in, once by the invitation and then again", async () => {
    await inviteBen();
    const first = await signIn();
    expect(first.location).toBe("/settings");
    expect(first.viewer).toMatchObject({ kind: "user", name: "Ben", email: "ben@ferry.example", role: "member" });
    expect(gitHub.asked.slice(0, 2)).toEqual(["GET /login/oauth/authorize", "POST /login/oauth/access_token"]);
    expect(gitHub.asked.slice(2).sort()).toEqual(["GET /api/v3/user", "GET /api/v3/user/emails"]);
    // The address at GitHub may change: it is the account that is known.
    gitHub.person = { ...ben, emails: [{ email: "new@ferry.example", primary: true, verified: true }] };
    const again = await signIn();
    expect(again.viewer).toEqual(first.viewer);
    expect(await sql("select count(*)::int as people from users")).toEqual([{ people: 2 }]);
    const kept = JSON.stringify(await sql("select * from accounts"));
    expect(kept).not.toContain("gho_");
  });

  it("nobody else does", async () => {
    await owner();
    isRefused(await signIn());
    expect(await sql("select email from users")).toEqual([{ email: "anna@ferry.example" }]);
  });

  it("an address that GitHub has not verified opens nothing, and neither does one that is only shown", async () => {
    await inviteBen();
    const unproven = { email: "ben@ferry.example", primary: true, verified: false };
    gitHub.person = { ...ben, emails: [unproven] };
    isRefused(await signIn());
    const shown = { email: "ben@ferry.example", primary: false, verified: true };
    gitHub.person = { ...ben, id: 8, emails: [shown, { email: "eve@evil.example", primary: true, verified: true }] };
    isRefused(await signIn());
    gitHub.person = { ...ben, emails: [] };
    isRefused(await signIn());
    // The invitation is still there for whom it is for.
    gitHub.person = ben;
    expect((await signIn()).viewer).toMatchObject({ role: "member" });
  });

  it("an account with a password is not opened, whoever has its address there", async () => {
    await owner();
    gitHub.person = { id: 9, login: "anna", emails: [{ email: "anna@ferry.example", primary: true, verified: true }] };
    isRefused(await signIn());
  });

  it("a former member does not come in", async () => {
    await inviteBen();
    await signIn();
    const { removeMember } = await import("./users");
    const [row] = await sql("select id from users where role = 'member'");
    await removeMember({ id: String(row?.id) });
    isRefused(await signIn());
  });

  it("a state that does not fit, is used twice, or is another browser's, comes to nothing", async () => {
    await inviteBen();
    const { cookie, back } = await depart();
    const forged = new URL(back);
    forged.searchParams.set("state", "A".repeat(32));
    isRefused(await arrive(forged, cookie));
    const without = new URL(back);
    without.searchParams.delete("state");
    isRefused(await arrive(without, cookie));
    isRefused(await arrive(back, ""));
    const own = await depart();
    isRefused(await arrive(own.back, (await depart()).cookie));
    const good = await depart();
    expect((await arrive(good.back, good.cookie)).viewer).toMatchObject({ role: "member" });
    isRefused(await arrive(good.back, good.cookie));
  });

  it("a code that GitHub does not know comes to nothing", async () => {
    await inviteBen();
    const { cookie, back } = await depart();
    back.searchParams.set("code", "guessed");
    isRefused(await arrive(back, cookie));
    expect(gitHub.asked).not.toContain("GET /api/v3/user");
  });
});
