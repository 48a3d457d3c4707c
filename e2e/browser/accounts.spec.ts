import { type Page, expect as quick, test } from "@playwright/test";
import { CLIENT, type GitHubPerson, type GitHubStandIn, startGitHub } from "@/e2e/github/stand-in";
import { setUpSecret } from "@/lib/accounts/derived-secrets";
import { freePort } from "@/lib/embedded/postgres/port";
import { type OwnFerry, startOwnFerry } from "./own-ferry";

/** Passwords are slow to check by intent, and more so on a busy machine. */
const expect = quick.configure({ timeout: 30_000 });

const PASSWORD = "correct horse battery";

const carol: GitHubPerson = {
  ...{ id: 12, login: "carol", name: "Carol" },
  emails: [{ email: "carol@ferry.example", primary: true, verified: true }],
};

let ferry: OwnFerry;
let gitHub: GitHubStandIn;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  test.setTimeout(300_000);
  gitHub = await startGitHub(carol);
  // GitHub has to know where to send people back to.
  const PORT = String(await freePort());
  ferry = await startOwnFerry({
    ...{ FERRY_ACCOUNTS: "on", FERRY_DEMO: "off", PORT, FERRY_URL: `http://127.0.0.1:${PORT}` },
    ...{ FERRY_GITHUB_URL: gitHub.url, GITHUB_CLIENT_ID: CLIENT.id, GITHUB_CLIENT_SECRET: CLIENT.secret },
  });
});
test.afterAll(async () => {
  await ferry?.stop();
  await gitHub?.stop();
});

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(`${ferry.address}/login?next=/settings`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("the first user sets Ferry up with the secret of the log, invites a member and makes a token", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const owner = await (await browser.newContext()).newPage();
  await owner.goto(ferry.address);
  await expect(owner.getByRole("heading", { name: "Set up this Ferry" })).toBeVisible();
  const fill = async (secret: string) => {
    await owner.getByLabel("Set-up secret").fill(secret);
    await owner.getByLabel("Name").fill("Anna");
    await owner.getByLabel("E-mail address").fill("anna@ferry.example");
    await owner.getByLabel("Password").fill(PASSWORD);
    await owner.getByRole("button", { name: "Set up" }).click();
  };
  await fill("a guess");
  await expect(owner.getByRole("alert").filter({ hasText: "not the set-up secret" })).toBeVisible();
  // As the log says it.
  await fill(setUpSecret(ferry.environment.FERRY_KEYS));
  await expect(owner).toHaveURL(`${ferry.address}/`);

  await owner.getByRole("link", { name: "Settings" }).click();
  await owner.getByLabel("Invite by e-mail address").fill("ben@ferry.example");
  await owner.getByRole("button", { name: "Make a link", exact: true }).click();
  const link = await owner.getByLabel("Link to hand over").inputValue();
  expect(link).toContain(`${ferry.address}/invite/`);

  const member = await (await browser.newContext()).newPage();
  await member.goto(link);
  await expect(member.getByLabel("E-mail address")).toHaveValue("ben@ferry.example");
  await member.getByLabel("Name").fill("Ben");
  await member.getByLabel("Password").fill(PASSWORD);
  await member.getByRole("button", { name: "Join" }).click();
  await expect(member).toHaveURL(`${ferry.address}/`);
  await member.getByRole("link", { name: "Settings" }).click();
  await expect(member.getByText("anna@ferry.example")).toBeVisible();
  await expect(member.getByText("Audit log")).toBeHidden();
  await member.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(member.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await member.goto(`${ferry.address}/settings`);
  await expect(member).toHaveURL(/\/login\?next=%2Fsettings$/);
  await signIn(member, "ben@ferry.example");
  await expect(member.getByRole("heading", { name: "Settings" })).toBeVisible();

  // The link has let somebody in.
  await member.goto(link);
  await expect(member.getByText("This link is not valid")).toBeVisible();

  await owner.reload();
  await owner.getByLabel("What it is for").fill("continuous integration");
  await owner.getByRole("button", { name: "Make a token" }).click();
  const token = await owner.getByRole("textbox", { name: "API token" }).inputValue();
  const asked = (bearer: string) =>
    fetch(`${ferry.address}/api/imports`, { headers: { authorization: `Bearer ${bearer}` } });
  expect((await asked(token)).status).toBe(200);
  await owner.getByRole("button", { name: "Revoke continuous integration" }).click();
  await expect(owner.getByRole("textbox", { name: "API token" })).toBeHidden();
  expect((await asked(token)).status).toBe(401);

  await owner.getByRole("button", { name: "Remove ben@ferry.example" }).click();
  await owner.getByRole("button", { name: "Remove Ben" }).click();
  await expect(owner.getByRole("region", { name: "Members" }).getByText("ben@ferry.example")).toBeHidden();
  await member.goto(`${ferry.address}/settings`);
  await expect(member).toHaveURL(/\/login/);

  await owner.reload();
  for (const deed of ["Set up this Ferry", "Invited somebody", "Joined", "Made an API token", "Removed a member"]) {
    await expect(owner.getByRole("cell", { name: deed }).first()).toBeVisible();
  }
});

test("a wrong password is refused in words that tell nothing", async ({ page }) => {
  await page.goto(`${ferry.address}/login`);
  await page.getByLabel("E-mail address").fill("nobody@ferry.example");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "do not belong together" })).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);
});

test("somebody who is invited comes in through GitHub, and nobody else", async ({ browser }) => {
  test.setTimeout(120_000);
  const owner = await (await browser.newContext()).newPage();
  await signIn(owner, "anna@ferry.example");
  await owner.getByLabel("Invite by e-mail address").fill("carol@ferry.example");
  await owner.getByRole("button", { name: "Make a link", exact: true }).click();
  const link = await owner.getByLabel("Link to hand over").inputValue();

  const context = await browser.newContext();
  const invited = await context.newPage();
  gitHub.person = { ...carol, id: 13, emails: [{ email: "eve@evil.example", primary: true, verified: true }] };
  const through = (page: Page) => page.getByRole("button", { name: "Continue with GitHub" }).click();
  await invited.goto(link);
  await through(invited);
  await expect(invited).toHaveURL(/\/login\?github=refused/);
  await expect(invited.getByText(/GitHub/).first()).toBeVisible();
  expect((await context.cookies()).filter(({ name }) => name.endsWith("ferry-session"))).toEqual([]);

  gitHub.person = carol;
  await invited.goto(link);
  await through(invited);
  await expect(invited).toHaveURL(`${ferry.address}/`);
  const [session] = (await context.cookies()).filter(({ name }) => name === "ferry-session");
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  await invited.getByRole("link", { name: "Settings" }).click();
  await expect(invited.getByText("carol@ferry.example").first()).toBeVisible();
  await invited.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(invited.getByRole("heading", { name: "Sign in" })).toBeVisible();

  // Again, and to where they wanted to go.
  await invited.goto(`${ferry.address}/settings`);
  await through(invited);
  await expect(invited).toHaveURL(`${ferry.address}/settings`);
  // A session is a new one each time: one that somebody had put there before is not taken over.
  const [second] = (await context.cookies()).filter(({ name }) => name === "ferry-session");
  expect(second?.value).not.toBe(session?.value);
});
