import type { Page } from "@playwright/test";
import { setUpSecret } from "@/lib/accounts/derived-secrets";
import { freePort } from "@/lib/embedded/postgres/port";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";
import { DEMO, ferryApi } from "../ferry-api";
import { startOwnFerry } from "../own-ferry";
import { type Cookies, type Hall, once, press, type Stage } from "./exhibit";
import { PASSWORD, people } from "./people";

/** What there is where people sign in: a Ferry of its own, with members, tokens and a key of Neon's. */
export function accountsHall({ ferry: neighbour, browser }: Stage): Hall {
  const closing: (() => Promise<unknown>)[] = [];
  const ferry = once(async () => {
    // GitHub has to know where to send people back to.
    const PORT = String(await freePort());
    const started = await startOwnFerry({
      ...{ FERRY_ACCOUNTS: "on", FERRY_ALLOW_ADDRESSES: "127.0.0.0/8", PORT, FERRY_URL: `http://127.0.0.1:${PORT}` },
      // A button is there for it; nobody presses it.
      ...{
        GITHUB_CLIENT_ID: "ferry",
        GITHUB_CLIENT_SECRET: "ferry-secret",
        FERRY_GITHUB_URL: "https://github.example",
      },
      ...{ FERRY_WEBHOOK_URL: "https://hooks.ferry.example/imports", FERRY_WEBHOOK_SECRET: "a-secret-for-signing" },
      // The projects of the Ferry beside it, for who has the key.
      FERRY_NEON_API_URL: neighbour.environment.FERRY_NEON_API_URL ?? "",
    });
    closing.push(() => started.stop());
    return started;
  });
  const team = once(async () => {
    const { address, environment } = await ferry();
    return people(browser, address, setUpSecret(environment.FERRY_KEYS));
  });
  const cookies = async (): Promise<Cookies> => (await team()).owner;
  const withKey = once(async () => {
    const page = await (await team()).openAsOwner("/projects");
    await page.getByPlaceholder("napi_…").fill(neighbour.environment.FERRY_NEON_API_KEY ?? "");
    await press("Save key")(page);
    await page.getByText("Ferry uses the API key").waitFor();
    await page.context().close();
  });
  /** Imports of two people and of a token. */
  const imported = once(async () => {
    const { address } = await ferry();
    const { owner, member, token } = await team();
    const [anna, ben, script] = await Promise.all([
      ferryApi(address, { cookie: headerOf(owner) }),
      ferryApi(address, { cookie: headerOf(member) }),
      ferryApi(address, { authorization: `Bearer ${token}` }),
    ]);
    closing.unshift(() => Promise.all([anna.close(), ben.close(), script.close()]));
    const id = await anna.start(DEMO);
    await anna.until(id, ({ status }) => status === "succeeded");
    await ben.create(DEMO);
    const other = await script.create(DEMO);
    await script.post(`/api/imports/${other}/cancel`, { discard: true });
    return id;
  });
  const at = (path: string, first: () => Promise<unknown>) => async () => {
    await first();
    return `${(await ferry()).address}${path}`;
  };
  const refused = async (page: Page) => {
    await page.getByLabel("E-mail address").fill("anna@ferry.example");
    await page.getByLabel("Password").fill(PASSWORD.toUpperCase());
    await press("Sign in")(page);
    await page.getByRole("alert").filter({ hasText: "belong together" }).waitFor();
  };
  const makeToken = async (page: Page) => {
    await page.getByLabel("What it is for").fill("nightly report");
    await press("Make a token")(page);
    await page.getByRole("textbox", { name: "API token" }).waitFor();
  };
  const invite = async (page: Page) => {
    await page.getByLabel("Invite by e-mail address").fill("dora@ferry.example");
    await press("Make a link")(page);
    await page.getByLabel("Link to hand over").waitFor();
  };
  /** No list of imports can be read any more: this Ferry is not looked at after this. */
  const broken = async () => {
    const { environment } = await ferry();
    await team();
    const metadata = parseConnectionString(environment.DATABASE_URL ?? "");
    await withSession(metadata, { side: "metadata", name: "ferry test" }, (client) =>
      client.query("alter table imports rename to imports_away"),
    );
  };

  return {
    exhibits: [
      { name: "set-up", path: at("/setup", ferry) },
      { name: "sign-in", path: at("/login", team) },
      { name: "sign-in-refused", path: at("/login", team), before: refused },
      { name: "sign-in-github-refused", path: at("/login?github=refused", team) },
      { name: "invite", path: async () => `${(await ferry()).address}${(await team()).invitation}` },
      { name: "reset", path: async () => `${(await ferry()).address}${(await team()).reset}` },
      { name: "link-gone", path: at("/invite/of-somebody-else", team) },
      { name: "projects-without-key", path: at("/projects", team), cookies },
      { name: "projects-with-key", path: at("/projects", withKey), cookies },
      { name: "imports-by", path: at("/", imported), cookies },
      { name: "import-by", path: async () => `${(await ferry()).address}/imports/${await imported()}`, cookies },
      { name: "settings", path: at("/settings", withKey), cookies },
      { name: "settings-token", path: at("/settings", withKey), cookies, before: makeToken },
      { name: "settings-invited", path: at("/settings", withKey), cookies, before: invite },
      { name: "settings-member", path: at("/settings", withKey), cookies: async () => (await team()).member },
      { name: "page-failed", path: at("/", broken), cookies },
    ],
    close: async () => {
      for (const close of closing) await close();
    },
  };
}

const headerOf = (cookies: Cookies) => cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
