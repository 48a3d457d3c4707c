import { expect, type Page } from "@playwright/test";
import { test } from "./ferry-test";

const IMPORT_MS = 120_000;

/** From the list to a demo import that has just been started. */
async function startDemo(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "Try it with the demo database" }).click();
  await page.getByRole("link", { name: "Go to review" }).click();
  await page.getByRole("button", { name: "Start import" }).click();
  await expect(page).toHaveURL(/\/imports\/\w+$/);
}

test("where events do not come through, the page asks every few seconds and still sees the end", async ({ page }) => {
  await page.route("**/events", (route) => route.abort());
  const asked = page.waitForRequest(/\/api\/imports\/\w+$/, { timeout: IMPORT_MS });
  await startDemo(page);
  await asked;
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });
  await expect(page).toHaveTitle(/^Succeeded/);
});

test("a reload in the middle of an import loses nothing, and two tabs see the same", async ({ page, context }) => {
  await startDemo(page);
  await page.reload();
  const other = await context.newPage();
  await other.goto(page.url());
  for (const tab of [page, other]) {
    await expect(tab.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });
    await expect(tab.getByRole("row", { name: /sales\.orders / })).toContainText("Equal");
  }
});
