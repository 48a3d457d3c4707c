import { expect, type Page } from "@playwright/test";
import { test } from "./ferry-test";
import { emptyDatabase, type OwnPostgres, ownPostgres } from "./own-postgres";
import { countImports, giveSource, giveTarget } from "./steps";

const SOON_MS = 60_000;
let own: OwnPostgres;

test.beforeAll(async () => {
  own = await ownPostgres(15);
});
test.afterAll(() => own.remove());

const lost = (page: Page) => page.getByText("Ferry could not be reached.");

test("a line that drops at any step of the wizard takes nothing away", async ({ page, context, request }) => {
  const before = await countImports(request);
  await page.goto("/new");
  const source = page.getByRole("textbox", { name: "Source" });
  await source.fill(own.url);
  await context.setOffline(true);
  await page.getByRole("button", { name: "Connect and check" }).click();
  await expect(lost(page)).toBeVisible();
  await expect(source).toHaveValue(own.url);
  await context.setOffline(false);
  // The draft is made, and the answer gets lost.
  await page.route(
    "**/api/imports",
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await page.getByRole("button", { name: "Connect and check" }).click();
  await expect(lost(page)).toBeVisible({ timeout: SOON_MS });
  await page.getByRole("button", { name: "Connect and check" }).click();
  await page.getByRole("link", { name: "Continue", exact: true }).click({ timeout: SOON_MS });
  expect(await countImports(request)).toBe(Math.min(before + 1, 25));

  await page.getByRole("treegrid").waitFor();
  await context.setOffline(true);
  await page.getByRole("checkbox", { name: "public.books", exact: true }).uncheck();
  await expect(lost(page)).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "public.books", exact: true })).not.toBeChecked();
  await context.setOffline(false);
  // Saved by itself as soon as there is a line again.
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByRole("radio", { name: "A Postgres of your own" }).check();
  const target = page.getByRole("textbox", { name: "Target connection string" });
  const text = await emptyDatabase(own);
  await target.fill(text);
  await context.setOffline(true);
  await page.getByRole("button", { name: "Check and continue" }).click();
  await expect(lost(page)).toBeVisible();
  await expect(target).toHaveValue(text);
  await context.setOffline(false);
  await page.getByRole("button", { name: "Check and continue" }).click();

  await page.getByRole("button", { name: "Start import" }).waitFor({ timeout: SOON_MS });
  await context.setOffline(true);
  await page.getByRole("button", { name: "Start import" }).click();
  await expect(lost(page)).toBeVisible();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Start import" }).click();
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: SOON_MS });
});

test("reload and back keep what was entered, but for passwords; two tabs have a draft each", async ({
  page,
  context,
}) => {
  await page.goto("/new");
  const source = page.getByRole("textbox", { name: "Source" });
  await source.fill("postgres://app:s3cret@db.example:5432/shop");
  await page.reload();
  await expect(source).toHaveValue("postgresql://app@db.example:5432/shop");
  await expect(page.getByText("without its password")).toBeVisible();

  const other = await context.newPage();
  await other.goto("/new");
  await expect(other.getByRole("textbox", { name: "Source" })).toHaveValue("");
  await giveSource(page, own.url);
  await giveSource(other, own.url);
  for (const [tab, table] of [
    [page, "public.books"],
    [other, "public.authors"],
  ] as const) {
    await tab.getByRole("link", { name: "Continue", exact: true }).click();
    await tab.getByRole("checkbox", { name: table, exact: true }).uncheck();
    await tab.getByRole("button", { name: "Continue" }).click();
    await tab.getByRole("radio", { name: "A Postgres of your own" }).check();
  }
  const text = await emptyDatabase(own);
  await page.getByRole("textbox", { name: "Target connection string" }).fill(text);
  await page.goBack();
  await expect(page.getByRole("checkbox", { name: "public.books", exact: true })).not.toBeChecked();
  await expect(page.getByRole("checkbox", { name: "public.authors", exact: true })).toBeChecked();
  await page.goForward();
  await expect(page.getByRole("radio", { name: "A Postgres of your own" })).toBeChecked();
  await expect(page.getByRole("textbox", { name: "Target connection string" })).toHaveValue(/^postgresql:\/\/importer/);
  await giveTarget(page, text);
  await expect(page.getByText("1 table: public.books")).toBeVisible({ timeout: SOON_MS });

  await other.goBack();
  await expect(other.getByRole("checkbox", { name: "public.authors", exact: true })).not.toBeChecked();

  // What is changed after the checks is checked anew before it is shown as checked.
  await page.getByRole("link", { name: "Change" }).click();
  await page.getByRole("combobox", { name: "Lanes" }).selectOption("4");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("link", { name: "Continue", exact: true }).click();
  await expect(page.getByText(/with 4 lanes from this source|for .* with 4 lanes/)).toBeVisible({ timeout: SOON_MS });
});
