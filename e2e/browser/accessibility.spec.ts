import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { LONG_TESTS } from "../long-tests";
import { DEMO, ferryApi } from "./ferry-api";
import { test } from "./ferry-test";
import { openGallery } from "./gallery";
import { openExhibit } from "./gallery/exhibit";
import { type OwnFerry, startOwnFerry } from "./own-ferry";

const LONG_MS = 900_000;
/** `SCREENS=project` looks at those only whose names begin so. */
const ONLY = process.env.SCREENS ?? "";

/** Axe's findings, short enough to read: which rule, where. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const builder = new AxeBuilder({ page });
  if (rules) builder.withRules(rules);
  const { violations: found } = await builder.analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
  );
}

/** Nothing else about a page depends on its colours. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** Drawn once, so that no part of the page has the colours of the theme before. */
async function showIn(page: Page, colorScheme: "dark" | "light"): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

async function expectAccessible(page: Page, name = page.url()): Promise<void> {
  await showIn(page, "dark");
  expect.soft(await violations(page), `${name}, dark`).toEqual([]);
  await showIn(page, "light");
  expect.soft(await violations(page, COLOUR_RULES), `${name}, light`).toEqual([]);
}

test.describe("while there is no import yet", () => {
  let empty: OwnFerry;
  test.beforeAll(async () => {
    empty = await startOwnFerry();
  });
  test.afterAll(() => empty?.stop());

  test("no page has a violation", async ({ page }) => {
    await page.goto(empty.address);
    await expect(page.getByRole("button", { name: "Try it with the demo database" })).toBeVisible();
    await expectAccessible(page);
  });
});

test("nor has one where an import succeeded, with its report open", async ({ page, baseURL }) => {
  const ferry = await ferryApi(baseURL);
  const id = await ferry.start(DEMO);
  await ferry.until(id, ({ status }) => status === "succeeded");
  await page.goto(`/imports/${id}`);
  await page.getByText("What was compared, and how").click();
  await page.getByRole("table", { name: "Compared tables" }).waitFor();
  await expectAccessible(page);
  for (const path of [await ferry.share(id), "/projects", "/settings"]) {
    await page.goto(path);
    await expectAccessible(page);
  }
  await ferry.close();
});

test.describe("pages and states", () => {
  test("none has a violation, in either theme", async ({ page, ferry, browser }) => {
    test.skip(!LONG_TESTS, "It takes some minutes.");
    test.setTimeout(LONG_MS);
    const gallery = await openGallery(ferry, browser);
    for (const exhibit of gallery.exhibits.filter(({ name }) => name.startsWith(ONLY))) {
      await openExhibit(page, exhibit);
      await expectAccessible(page, exhibit.name);
      await exhibit.after?.(page);
    }
    await gallery.close();
  });

  test("nor on a phone, with its menu open", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/");
    await page.getByRole("button", { name: "Open menu" }).click();
    await page.getByRole("dialog").waitFor();
    await expectAccessible(page);
  });
});
