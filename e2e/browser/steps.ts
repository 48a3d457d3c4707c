import { type APIRequestContext, expect, type Page } from "@playwright/test";

/** The list of imports, or the words that stand in its place while there is none. */
export async function openImports(page: Page): Promise<void> {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

export async function countImports(request: APIRequestContext): Promise<number> {
  const { imports } = await (await request.get("/api/imports")).json();
  return imports.length;
}

const CHECKED_MS = 60_000;

/** The first step, and the checks of the source. */
export async function giveSource(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Source" }).fill(text);
  await page.getByRole("button", { name: "Connect and check" }).click();
  await expect(page.getByRole("heading", { name: "Checks" })).toBeVisible({ timeout: CHECKED_MS });
}

/** From the checks over everything that is chosen already to where the import is to land. */
export async function takeEverything(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Continue", exact: true }).click();
  await expect(page.getByRole("treegrid", { name: "Schemas and tables" })).toBeVisible({ timeout: CHECKED_MS });
  await page.getByRole("button", { name: "Continue" }).click();
}

/** The fourth step, to an empty Postgres of one's own. */
export async function giveTarget(page: Page, text: string): Promise<void> {
  await page.getByRole("radio", { name: "A Postgres of your own" }).check();
  await page.getByRole("textbox", { name: "Target connection string" }).fill(text);
  await page.getByRole("button", { name: "Check and continue" }).click();
}
