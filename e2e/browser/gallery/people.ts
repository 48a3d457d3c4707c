import type { Browser, Page } from "@playwright/test";
import type { Cookies } from "./exhibit";

export const PASSWORD = "correct horse battery";

export interface People {
  owner: Cookies;
  member: Cookies;
  /** Of the owner's, that may write. */
  token: string;
  /** The paths of links that nobody has used. */
  invitation: string;
  reset: string;
  openAsOwner(path: string): Promise<Page>;
}

/** An owner, a member, an invitation and a token, made on the pages that there are for it. */
export async function people(browser: Browser, address: string, secret: string): Promise<People> {
  const open = async (path: string, cookies: Cookies = []): Promise<Page> => {
    const context = await browser.newContext();
    await context.addCookies(cookies);
    const page = await context.newPage();
    await page.goto(`${address}${path}`);
    return page;
  };
  const cookiesOf = (page: Page): Promise<Cookies> => page.context().cookies();

  const anna = await open("/setup");
  await anna.getByLabel("Set-up secret").fill(secret);
  await anna.getByLabel("Name").fill("Anna Larsen");
  await anna.getByLabel("E-mail address").fill("anna@ferry.example");
  await anna.getByLabel("Password").fill(PASSWORD);
  await anna.getByRole("button", { name: "Set up" }).click();
  await anna.getByRole("link", { name: "Settings" }).click();

  const made = async (label: string) => {
    const field = anna.getByLabel(label, { exact: true });
    await field.waitFor();
    return field.inputValue();
  };
  const invite = async (email: string) => {
    await anna.getByLabel("Invite by e-mail address").fill(email);
    await anna.getByRole("button", { name: "Make a link", exact: true }).click();
    await anna.getByText(email).first().waitFor();
    const path = new URL(await made("Link to hand over")).pathname;
    await anna.reload();
    return path;
  };
  const ben = await open(await invite("ben.longfellow-whittington@ferry.example"));
  await ben.getByLabel("Name").fill("Ben Longfellow-Whittington");
  await ben.getByLabel("Password").fill(PASSWORD);
  await ben.getByRole("button", { name: "Join" }).click();
  await ben.getByRole("link", { name: "Settings" }).waitFor();
  const invitation = await invite("carol@ferry.example");
  await anna.getByRole("button", { name: /sets a new password for ben/ }).click();
  const reset = new URL(await made("Link to hand over")).pathname;
  await anna.reload();
  await anna.getByLabel("What it is for").fill("continuous integration");
  await anna.getByLabel("May", { exact: true }).selectOption("write");
  await anna.getByRole("button", { name: "Make a token" }).click();
  const token = await made("API token");

  const [owner, member] = [await cookiesOf(anna), await cookiesOf(ben)];
  await Promise.all([anna.context().close(), ben.context().close()]);
  return { owner, member, token, invitation, reset, openAsOwner: (path) => open(path, owner) };
}
