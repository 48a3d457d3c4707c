import { expect } from "@playwright/test";
import { parseConnectionString } from "@/lib/source/connection-string";
import { test } from "./ferry-test";
import { emptyDatabase, type OwnPostgres, ownPostgres } from "./own-postgres";
import { giveSource, giveTarget, openImports, takeEverything } from "./steps";

const IMPORT_MS = 120_000;
let own: OwnPostgres;

test.beforeAll(async () => {
  own = await ownPostgres(15);
});
test.afterAll(() => own.remove());

test("an import from a pasted psql command into a fresh database", async ({ page }) => {
  const { host, port, user, password, database } = parseConnectionString(own.url);
  await openImports(page);
  await page.getByRole("main").getByRole("link", { name: "New import" }).click();
  await page
    .getByRole("textbox", { name: "Source" })
    .fill(`psql "host=${host} port=${port} user=${user} password=${password} dbname=${database} sslmode=disable"`);
  await expect(page.getByText(/^Password\s*given$/)).toBeVisible();
  await page.getByRole("button", { name: "Connect and check" }).click();

  await expect(page.getByRole("heading", { name: "Checks" })).toBeVisible();
  await expect(page.getByText(/^2 tables with/)).toBeVisible();
  expect(await page.content()).not.toContain(String(password));

  // Back to the source: it is still connected, and its password has not come back.
  await page.goBack();
  await expect(page.getByRole("link", { name: "Continue to the checks" })).toBeVisible();
  await page.goForward();

  await page.getByRole("link", { name: "Continue", exact: true }).click();
  await page.getByRole("combobox", { name: "Lanes" }).selectOption("3");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Lanes" })).toHaveValue("3");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("radio", { name: "A fresh database on this machine" }).check();
  await page.getByRole("button", { name: "Check and continue" }).click();
  await page.getByRole("button", { name: "Start import" }).click();

  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });
  await expect(page.getByRole("row", { name: /public\.books/ })).toContainText("2,500");
  await expect(page.getByRole("row", { name: /public\.authors/ })).toContainText("Equal");
  await page.goto("/");
  await expect(page.getByRole("row", { name: new RegExp(database) }).first()).toContainText("Succeeded");
});

test("each part of what was pasted can be edited, and what cannot be read is shown where it stands", async ({
  page,
}) => {
  await page.goto("/new");
  const source = page.getByRole("textbox", { name: "Source" });
  await source.fill("postgres://app:s3cret@ep-a-1-pooler.eu-central-1.aws.neon.tech:54x2/shop");
  await source.blur();
  await expect(page.getByText("at characters 64 to 67: the port is not a number")).toBeVisible();
  await page.getByRole("button", { name: "Show it" }).click();
  expect(await source.evaluate((field: HTMLTextAreaElement) => [field.selectionStart, field.selectionEnd])).toEqual([
    63, 67,
  ]);

  await source.fill("postgres://app:s3cret@ep-a-1-pooler.eu-central-1.aws.neon.tech/shop");
  await expect(page.getByText("Ferry goes to ep-a-1.eu-central-1.aws.neon.tech:5432.")).toBeVisible();
  await page.getByText("Edit the parts").first().click();
  await page.getByLabel("Host").fill("db.example");
  await page.getByLabel("Host").blur();
  await page.getByLabel("TLS (sslmode)").selectOption("verify-full");
  await expect(source).toHaveValue("postgresql://app:s3cret@db.example:5432/shop?sslmode=verify-full");
  await expect(page.getByLabel("Password")).toHaveValue("");
});

test("an import from a pasted URL into an empty database of one's own, then once more into the full one", async ({
  page,
}) => {
  const target = await emptyDatabase(own);
  await page.goto("/new");
  await giveSource(page, own.url);
  await takeEverything(page);
  await giveTarget(page, `DATABASE_URL="${target}"`);
  await page.getByRole("button", { name: "Start import" }).click();
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });

  await page.goto("/new");
  await giveSource(page, own.url);
  await takeEverything(page);
  await giveTarget(page, target);
  await expect(page.getByText("The target database is not empty")).toBeVisible();
  await expect(page.getByRole("link", { name: "Go to review" })).toBeHidden();
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(page.getByText("Checked just now")).toBeVisible();
});
