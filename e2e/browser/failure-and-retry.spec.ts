import { expect } from "@playwright/test";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";
import { type FerryApi, ferryApi } from "./ferry-api";
import { test } from "./ferry-test";
import { emptyDatabase, type OwnPostgres, ownPostgres } from "./own-postgres";

const IMPORT_MS = 120_000;

let ferry: FerryApi;
let own: OwnPostgres;

test.beforeAll(async ({ baseURL }) => {
  ferry = await ferryApi(baseURL);
  own = await ownPostgres(15);
});
test.afterAll(async () => {
  await ferry?.close();
  await own?.remove();
});

test("an import that the target refuses says why, and goes on from there when that is put right", async ({ page }) => {
  const target = await emptyDatabase(own);
  const spec = { ...own.server.superuser, database: parseConnectionString(target).database };
  const onTarget = (sql: string) =>
    withSession(spec, { side: "metadata", name: "ferry test" }, (client) => client.query(sql));
  await onTarget("revoke usage on type date from public");
  const id = await ferry.create({ sourceText: own.url, target: { kind: "url", text: target } });
  await page.goto(`/new?step=review&import=${id}`);
  await page.getByRole("button", { name: "Start import" }).click();

  const refused = page.getByRole("alert").filter({ hasText: "permission denied for type date" });
  await expect(refused).toBeVisible({ timeout: IMPORT_MS });
  // What happened, what was not harmed, what to do.
  await expect(refused).toContainText("The source was only read");
  await expect(page).toHaveTitle(/^Failed · /);
  await expect(page.getByRole("region", { name: "Log" })).toContainText("permission denied for type date");

  // Pressed while nothing has changed, it fails the same way and may be pressed again.
  await page.getByRole("button", { name: "Retry from here" }).click();
  await expect(page).toHaveTitle(/^(?!Failed)/);
  await expect(refused).toBeVisible({ timeout: IMPORT_MS });

  await onTarget("grant usage on type date to public");
  await page.getByRole("button", { name: "Retry from here" }).click();
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });
  const books = page.getByRole("table", { name: "Tables" }).getByRole("row", { name: /public\.books/ });
  await expect(books).toContainText("Equal");
  await expect(page.getByRole("button", { name: "Retry from here" })).toBeHidden();
});
