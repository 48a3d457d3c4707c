import { expect, type Page } from "@playwright/test";
import { test } from "./ferry-test";

const SOON_MS = 60_000;
const IMPORT_MS = 120_000;
/** What a fingertip finds. */
const LEAST_TARGET_PX = 24;

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** Nothing stands beyond the edge of the screen, where nobody would look for it, and nothing is too small to be met. */
async function expectInHand(page: Page, where: string): Promise<void> {
  const { width, seen } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    seen: window.innerWidth,
  }));
  expect(width, `${where}: its width`).toBeLessThanOrEqual(seen);
  const small = await page.getByRole("main").evaluate(
    (main, least) =>
      [...main.querySelectorAll<HTMLElement>("button, select, input:not([type=radio], [type=checkbox])")]
        .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && box.height < least)
        .map(({ element, box }) => `${element.textContent ?? element.tagName}: ${box.height}`),
    LEAST_TARGET_PX,
  );
  expect(small, `${where}: what is too low for a finger`).toEqual([]);
}

test("an import on a phone, from the menu to its report", async ({ page }) => {
  page.setDefaultTimeout(SOON_MS);
  await page.goto("/settings");
  await expectInHand(page, "settings");
  await page.getByRole("button", { name: "Open menu" }).tap();
  await page.getByRole("dialog").getByRole("link", { name: "New import" }).tap();
  await expect(page).toHaveURL(/\/new/);
  await expect(page.getByRole("dialog")).toBeHidden();
  await expectInHand(page, "source");
  await page.getByRole("button", { name: "Open menu" }).tap();
  await page.getByRole("dialog").getByRole("link", { name: "Imports", exact: true }).tap();
  await page.getByRole("button", { name: "Try it with the demo database" }).tap();
  await expect(page.getByRole("heading", { name: "Checks" })).toBeVisible({ timeout: SOON_MS });
  await expectInHand(page, "checks");
  await page.getByRole("link", { name: "Go to review" }).tap();
  await expect(page.getByRole("button", { name: "Start import" })).toBeVisible({ timeout: SOON_MS });
  await expectInHand(page, "review");
  await page.getByRole("button", { name: "Start import" }).tap();
  await expect(page).toHaveURL(/\/imports\/\w+$/, { timeout: SOON_MS });
  await expectInHand(page, "import under way");
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });
  await page.getByRole("link", { name: "Report and next steps" }).tap();
  await expect(page.getByRole("link", { name: "Signed statement" })).toBeInViewport({ timeout: SOON_MS });
  await expectInHand(page, "import with its report");
  await page.getByRole("button", { name: "Share" }).tap();
  await page.getByRole("button", { name: "Create link" }).tap();
  const link = page.getByRole("textbox", { name: "Link to share" });
  await expect(link).toBeVisible();
  await page.goto(await link.inputValue());
  await expect(page.getByText("Nothing is missing.")).toBeVisible();
  await expectInHand(page, "shared import");
  for (const path of ["/", "/runs", "/projects"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectInHand(page, path);
  }
});
