import { expect, type Page } from "@playwright/test";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";
import { test } from "./ferry-test";
import { emptyDatabase, type OwnPostgres, ownPostgres } from "./own-postgres";
import { giveSource, giveTarget, takeEverything } from "./steps";

const SOON_MS = 60_000;
const IMPORT_MS = 120_000;

let own: OwnPostgres;

test.beforeAll(async () => {
  own = await ownPostgres(15);
});
test.afterAll(() => own?.remove());

const asSuperuser = (url: string): ConnectionSpec => ({
  ...own.server.superuser,
  database: parseConnectionString(url).database,
});

const run = (spec: ConnectionSpec, sql: string) =>
  withSession(spec, { side: "metadata", name: "ferry test" }, (client) => client.query(sql));

async function checkAgain(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(page.getByText("Checked just now")).toBeVisible({ timeout: SOON_MS });
}

test("what the checks find is put right with the SQL that they offer, until nothing stands in the way", async ({
  page,
}) => {
  const { database } = parseConnectionString(own.url);
  const reader = await own.server.createRole({ prefix: "reader", database });
  const target = await emptyDatabase(own);
  await run(asSuperuser(own.url), `grant select on authors, shelf to ${reader.name}`);
  await run(asSuperuser(target), "create table books (id int)");

  await page.goto("/new");
  await giveSource(page, reader.url);
  const mayNotRead = page.getByText(`User ${reader.name} may not read`);
  await expect(mayNotRead).toBeVisible();
  await expect(page.getByText("1 stops the import").first()).toBeVisible();
  // Asked again while nothing has changed, it is said again.
  await checkAgain(page);
  await expect(mayNotRead).toBeVisible();
  const offered = await page.locator("li", { has: mayNotRead }).locator("code").textContent();
  await run(asSuperuser(own.url), String(offered));
  await checkAgain(page);
  await expect(mayNotRead).toBeHidden();

  await takeEverything(page);
  await giveTarget(page, target);
  await expect(page.getByText("The target database is not empty")).toBeVisible({ timeout: SOON_MS });
  await expect(page.getByRole("link", { name: "Go to review" })).toBeHidden();
  await run(asSuperuser(target), "drop table books");
  await checkAgain(page);
  await page.getByRole("link", { name: "Go to review" }).click();
  await page.getByRole("button", { name: "Start import" }).click();
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });
});
