import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "./ferry-test";
import { emptyDatabase, type OwnPostgres, ownPostgres } from "./own-postgres";
import { openImports } from "./steps";

const SOON_MS = 60_000;
const MOST_TABS = 120;
let own: OwnPostgres;

test.beforeAll(async () => {
  own = await ownPostgres(15);
});
test.afterAll(() => own.remove());

/** Whether one sees where the keyboard is. */
const isSeen = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) return true;
    const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
  });

/** By the tab key alone. Wherever it passes, one sees where it is. */
async function tabTo(page: Page, goal: Locator): Promise<void> {
  await expect(goal).toBeVisible({ timeout: SOON_MS });
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press("Tab");
    const words = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
    expect(await isSeen(page), words).toBe(true);
    if (await goal.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`The tab key does not lead to ${goal}.`);
}

test("a whole import without a mouse, from the list of imports to the report", async ({ page }) => {
  const target = await emptyDatabase(own);
  const press = (key: string) => page.keyboard.press(key);
  await openImports(page);
  await tabTo(page, page.getByRole("main").getByRole("link", { name: "New import" }));
  await press("Enter");

  await tabTo(page, page.getByRole("textbox", { name: "Source" }));
  await page.keyboard.insertText(own.url);
  await tabTo(page, page.getByRole("button", { name: "Connect and check" }));
  await press("Enter");

  await tabTo(page, page.getByRole("link", { name: "Continue", exact: true }));
  await press("Enter");

  await tabTo(page, page.getByRole("checkbox", { name: "Everything", exact: true }));
  for (const key of ["ArrowDown", "ArrowDown", "Space", "Space", "Home"]) await press(key);
  await expect(page.getByRole("checkbox", { name: "public.authors", exact: true })).toBeChecked();
  await tabTo(page, page.getByRole("combobox", { name: "Lanes" }));
  await press("3");
  await tabTo(page, page.getByRole("button", { name: "Continue" }));
  await press("Enter");

  await tabTo(page, page.getByRole("radio", { name: "A fresh database on this machine" }));
  await press("ArrowDown");
  await expect(page.getByRole("radio", { name: "A Postgres of your own" })).toBeChecked();
  await tabTo(page, page.getByRole("textbox", { name: "Target connection string" }));
  await page.keyboard.insertText(target);
  await tabTo(page, page.getByRole("button", { name: "Check and continue" }));
  await press("Enter");

  await tabTo(page, page.getByRole("button", { name: "Start import" }));
  await press("Enter");
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: SOON_MS });
  await tabTo(page, page.locator("summary", { hasText: "What was compared, and how" }));
  await press("Enter");
  await expect(page.getByRole("table", { name: "Compared tables" })).toBeVisible({ timeout: SOON_MS });
});
