import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import type { FerryApi } from "../ferry-api";
import type { OwnFerry } from "../own-ferry";
import type { OwnPostgres } from "../own-postgres";

export type Cookies = Parameters<BrowserContext["addCookies"]>[0];

/** A page in a state that is worth looking at. */
export interface Exhibit {
  name: string;
  /** A function makes first what is to be seen, so that a part of the gallery takes as long as that part. */
  path: string | (() => Promise<string>);
  /** Of who is signed in. */
  cookies?: () => Promise<Cookies>;
  /** What has to be done on it first. */
  before?: (page: Page) => Promise<unknown>;
  /** What has to be put right again before another page is opened. */
  after?: (page: Page) => Promise<unknown>;
}

/** What the parts of the gallery are made with. */
export interface Stage {
  ferry: OwnFerry;
  api: FerryApi;
  browser: Browser;
  /** A server that is nobody else's. */
  own: () => Promise<OwnPostgres>;
}

/** A part of the gallery, with what it has started. */
export interface Hall {
  exhibits: Exhibit[];
  close?: () => Promise<void>;
}

/** Made when it is first asked for. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

export async function openExhibit(page: Page, { path, cookies, before }: Exhibit): Promise<void> {
  const address = typeof path === "string" ? path : await path();
  await page.context().clearCookies();
  if (cookies) await page.context().addCookies(await cookies());
  await page.goto(address);
  await before?.(page);
}

export const press = (name: string) => (page: Page) => page.getByRole("button", { name, exact: true }).first().click();

/** Done until it is heard: a page is shown before its scripts are there. */
export const untilDialog = (act: (page: Page) => Promise<void>) => (page: Page) =>
  expect(async () => {
    const dialog = page.getByRole("dialog");
    if (!(await dialog.isVisible())) await act(page);
    await expect(dialog).toBeVisible({ timeout: 3_000 });
  }).toPass();

/** A dialog, by the button that opens it. */
export const opened = (name: string) => untilDialog(press(name));

/** The picture of an import's speed comes after the page. */
export const chart = (page: Page) => page.locator(".u-over").waitFor();
