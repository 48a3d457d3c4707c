import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";
import { test } from "./ferry-test";
import { emptyDatabase, type OwnPostgres, ownPostgres } from "./own-postgres";
import { giveTarget, takeEverything } from "./steps";

const IMPORT_MS = 120_000;
const READ_MS = 60_000;
let own: OwnPostgres;

test.beforeAll(async () => {
  own = await ownPostgres(17);
});
test.afterAll(() => own.remove());

async function chooseFile(page: Page, name: string, text: string): Promise<void> {
  await page.goto("/new");
  const field = page.locator("input[type=file]");
  // The page is there before its script.
  await expect(async () => {
    await page.getByRole("tab", { name: "File" }).click();
    await expect(field).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await field.setInputFiles({ name, mimeType: "", buffer: Buffer.from(text) });
}

/** From what was read to an empty database, and what has arrived there. */
async function importInto(page: Page, sql: string): Promise<unknown[]> {
  const target = await emptyDatabase(own);
  await page.getByRole("button", { name: "Check and continue" }).click();
  await expect(page.getByRole("heading", { name: "Checks" })).toBeVisible({ timeout: READ_MS });
  await takeEverything(page);
  await giveTarget(page, target);
  await page.getByRole("button", { name: "Start import" }).click();
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });
  return withSession(parseConnectionString(target), { side: "metadata", name: "ferry test" }, async (client) => {
    const { rows } = await client.query(sql);
    return rows;
  });
}

test("a CSV file becomes a table, which is imported", async ({ page }) => {
  await chooseFile(page, "Orders 2024.csv", "id;code;price\n1;007;1.50\n2;008;20\n");
  await expect(page.getByText("A table orders_2024 with 2 rows, read as UTF-8.")).toBeVisible({ timeout: READ_MS });
  await expect(page.getByRole("row", { name: "code text" })).toBeVisible();
  await expect(page.getByRole("row", { name: "price numeric" })).toBeVisible();

  // A reload loses nothing; and whoever knows better says so.
  await page.reload();
  await expect(page.getByRole("row", { name: "id bigint" })).toBeVisible();
  await page.getByText("Say how a CSV file is written").click();
  await page.getByRole("combobox", { name: "First line" }).selectOption("no");
  await page.getByRole("button", { name: "Read again" }).click();
  await expect(page.getByText("with 3 rows")).toBeVisible({ timeout: READ_MS });
  await page.getByText("Say how a CSV file is written").click();
  await page.getByRole("combobox", { name: "First line" }).selectOption("yes");
  await page.getByRole("button", { name: "Read again" }).click();
  await expect(page.getByText("with 2 rows")).toBeVisible({ timeout: READ_MS });

  const rows = await importInto(page, "select id::int, code, price::text from orders_2024 order by id");
  expect(rows).toEqual([
    { id: 1, code: "007", price: "1.50" },
    { id: 2, code: "008", price: "20" },
  ]);
});

test("a plain dump is read, tells what it leaves out, and is imported; what is none is refused", async ({ page }) => {
  await chooseFile(page, "people.sql", "create table people (id int);\n\\! id\n");
  await expect(page.getByText("The script has a command of psql at line 2")).toBeVisible({ timeout: READ_MS });
  await page.getByRole("button", { name: "Use another file" }).click();

  const dump = [
    "create table people (id int primary key, name text);",
    "alter table people owner to somebody;",
    "copy people (id, name) from stdin;",
    "1\tAnna",
    "2\tBen",
    "\\.",
  ];
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "people.sql", mimeType: "", buffer: Buffer.from(`${dump.join("\n")}\n`) });
  await expect(page.getByText("2 statements with 2 rows have been read")).toBeVisible({ timeout: READ_MS });
  await page.getByText("1 statement left out").click();
  await expect(page.getByText("alter table people owner to somebody")).toBeVisible();
  expect(await importInto(page, "select id, name from people order by id")).toEqual([
    { id: 1, name: "Anna" },
    { id: 2, name: "Ben" },
  ]);
});
