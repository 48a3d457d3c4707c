import { expect, type Page } from "@playwright/test";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";
import { ferryApi } from "./ferry-api";
import { test } from "./ferry-test";
import { type OwnPostgres, ownPostgres } from "./own-postgres";
import { giveSource, takeEverything } from "./steps";

const IMPORT_MS = 240_000;
const CHANGE_MS = 60_000;
let own: OwnPostgres;

test.beforeAll(async () => {
  own = await ownPostgres(15);
});
test.afterAll(() => own.remove());

/** From the first step to the proof; the address says where the target is to be. Returns the branch's name. */
async function importInto(page: Page, choose: () => Promise<void>): Promise<string> {
  await giveSource(page, own.url);
  await takeEverything(page);
  await choose();
  const told = page.getByText(/^The import's branch will be called/);
  await expect(told).toBeVisible({ timeout: CHANGE_MS });
  const branch = (await told.locator("span").textContent()) ?? "";
  expect(branch).toMatch(/^import-\d{4}-\d\d-\d\dT\d\d-\d\d/);
  await page.getByRole("button", { name: "Check and continue" }).click();
  await expect(page.getByRole("button", { name: "Start import" })).toBeVisible({ timeout: CHANGE_MS });
  const ends = page.getByRole("region", { name: "Source and target" });
  const named = /import-\d{4}-\d\d-\d\dT\d\d-\d\d(-\d+)?/.exec((await ends.textContent()) ?? "")?.[0] ?? "";
  expect(named).not.toBe("");
  await page.getByRole("button", { name: "Start import" }).click();
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });
  return named;
}

async function openProject(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Open the project" }).click();
  await expect(page.getByRole("heading", { name: "Branches" })).toBeVisible({ timeout: CHANGE_MS });
}

/** From the page of the import that has made it. */
async function promote(page: Page, name: string): Promise<void> {
  const steps = page.getByRole("region", { name: "Next steps" });
  await steps.getByRole("button", { name: "Set as default" }).click({ timeout: CHANGE_MS });
  await expect(steps.getByText(/is the project's default branch/)).toBeVisible({ timeout: CHANGE_MS });
  await expect(steps.getByRole("checkbox", { name: "Set as default branch: done" })).toBeChecked();
  await steps.getByRole("button", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "New name" }).fill(name);
  await page.getByRole("button", { name: "Rename", exact: true }).last().click();
  await expect(steps.getByText(`It is called ${name}.`, { exact: false })).toBeVisible({ timeout: CHANGE_MS });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await steps.getByRole("button", { name: "Copy pooled" }).click();
  await expect(steps.getByRole("checkbox", { name: "Copy the connection string: done" })).toBeChecked({
    timeout: CHANGE_MS,
  });
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^postgresql:\/\//);
  // What Neon says is shown to who opens the page later, and ticks are kept in this browser.
  await page.reload();
  await expect(steps.getByText(`${name} is the project's default branch.`)).toBeVisible({ timeout: CHANGE_MS });
  await expect(steps.getByRole("checkbox", { name: "Copy the connection string: done" })).toBeChecked();
}

const row = (page: Page, name: string) =>
  page
    .getByRole("list", { name: "Branches" })
    .getByRole("listitem")
    .filter({ has: page.getByText(name, { exact: true }) });

async function choose(page: Page, name: string, word: string): Promise<void> {
  await row(page, name)
    .getByRole("button", { name: `More for ${name}` })
    .click();
  await page.getByRole("menuitem", { name: word }).click();
}

async function makeDefault(page: Page, name: string): Promise<void> {
  await choose(page, name, "Set as default");
  await expect(row(page, name).getByText("Default", { exact: true })).toBeVisible({ timeout: CHANGE_MS });
}

test("a new project: import, set as default, rename; a second import into a branch of it, and the old one goes", async ({
  page,
}) => {
  test.setTimeout(600_000);
  await page.goto("/projects");
  await page.getByRole("main").getByRole("link", { name: "Import database" }).first().click();
  await importInto(page, async () => {
    await expect(page.getByRole("radio", { name: "A new Neon project" })).toBeChecked();
    await page.getByRole("textbox", { name: "Project name" }).fill("library");
    await page.getByRole("combobox", { name: "Region" }).selectOption("aws-eu-central-1");
    const versions = page.getByRole("combobox", { name: "Postgres version" });
    await expect(versions.getByRole("option")).toHaveText(["18", "17"]);
    await versions.selectOption("17");
  });
  await promote(page, "production");
  await openProject(page);
  await expect(page.getByRole("heading", { level: 1, name: "library" })).toBeVisible();
  await expect(row(page, "production").getByText("Default", { exact: true })).toBeVisible({ timeout: CHANGE_MS });

  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await row(page, "production").getByRole("button", { name: "Copy connection string" }).click();
  await expect(page.getByText("Copied", { exact: true }).first()).toBeVisible({ timeout: CHANGE_MS });
  const url = await page.evaluate(() => navigator.clipboard.readText());
  expect(await page.content()).not.toContain(parseConnectionString(url).password);
  const books = await withSession(parseConnectionString(url), { side: "metadata", name: "test" }, async (session) => {
    const asked = "current_setting('server_version_num')::int / 10000 as major from books";
    return (await session.query(`select count(*)::int as count, ${asked}`)).rows;
  });
  expect(books).toEqual([{ count: 2500, major: 17 }]);

  await page.getByRole("link", { name: "Import data", exact: true }).click();
  const second = await importInto(page, async () => {
    await expect(page.getByRole("radio", { name: "A branch of a Neon project" })).toBeChecked();
    await expect(page.getByRole("combobox", { name: "Project" })).toContainText("library");
  });
  await openProject(page);
  await makeDefault(page, second);
  await choose(page, second, "Rename");
  await page.getByRole("textbox", { name: "New name" }).fill("next");
  await page.getByRole("button", { name: "Rename", exact: true }).last().click();
  await expect(row(page, "next").getByText("Default", { exact: true })).toBeVisible({ timeout: CHANGE_MS });
  await choose(page, "production", "Delete");
  const confirm = page.getByRole("button", { name: "Delete branch" });
  await page.getByRole("textbox", { name: "Type production to confirm" }).fill("Production");
  await expect(confirm).toBeDisabled();
  await page.getByRole("textbox", { name: "Type production to confirm" }).fill("production");
  await confirm.click();
  await expect(row(page, "production")).toBeHidden({ timeout: CHANGE_MS });
  await row(page, "main").getByRole("button", { name: "More for main" }).click();
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeDisabled();
  await page.keyboard.press("Escape");

  await page.goto("/projects");
  await expect(page.getByRole("table", { name: "Projects, newest first" })).toContainText("library");
});

test("a test run copies into a project that is gone afterwards, and its draft then tells how long that took", async ({
  page,
  context,
  baseURL,
}) => {
  test.setTimeout(2 * IMPORT_MS);
  const ferry = await ferryApi(baseURL);
  const project = { name: "tried-out", regionId: "aws-eu-central-1", pgVersion: 17 };
  const id = await ferry.create({ sourceText: own.url, target: { kind: "neon", project } });
  await page.goto(`/new?step=review&import=${id}`);
  const took = page.getByText(/^About .+: so long the test run of .+ UTC took\.$/);
  await expect(page.getByRole("region", { name: "Time and size" })).toBeVisible();
  await expect(took).toBeHidden();
  await page.getByRole("button", { name: "Test run" }).click();
  await page.waitForURL(/\/imports\//, { timeout: CHANGE_MS });
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });
  const projects = await context.newPage();
  await expect(async () => {
    await projects.goto("/projects");
    await expect(projects.getByRole("heading", { name: "Projects" })).toBeVisible();
    await expect(projects.locator("[aria-busy=true]")).toHaveCount(0);
    await expect(projects.getByText("tried-out")).toHaveCount(0);
  }).toPass({ timeout: CHANGE_MS });
  await page.goBack();
  await expect(took).toBeVisible({ timeout: CHANGE_MS });
  await ferry.close();
});
