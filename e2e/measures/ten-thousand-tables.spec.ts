import { expect, type Page } from "@playwright/test";
import { DEMO, type FerryApi, ferryApi } from "@/e2e/browser/ferry-api";
import { test } from "@/e2e/browser/ferry-test";
import { LONG_TESTS } from "@/e2e/long-tests";
import type { TableView } from "@/lib/imports/view";
import { LEAST_FRAMES_A_SECOND, scrollRate } from "./scroll-rate";

const TABLES = 10_000;
const SOON_MS = 60_000;

test.skip(!LONG_TESTS, "a machine that is at something else draws fewer frames");

let ferry: FerryApi;

test.beforeAll(async ({ baseURL }) => {
  ferry = await ferryApi(baseURL);
});
test.afterAll(() => ferry?.close());

const aTable = (number: number): TableView => ({
  schema: "public",
  name: `many_${String(number).padStart(5, "0")}`,
  state: number % 3 === 0 ? "done" : number % 3 === 1 ? "copying" : "waiting",
  rowsDone: number,
  rowsExpected: 2 * number,
  bytesDone: 80 * number,
  bytesExpected: 160 * number,
  partsDone: 0,
  parts: 1,
  counted: null,
});

/** Importing as many takes minutes: so an import that is under way is told to have them, in the stream that the page follows. */
async function openWithTables(page: Page): Promise<void> {
  const id = await ferry.start({ ...DEMO, options: { lanes: 1, maxMegabytesPerSecond: 0.5 } });
  const view = await ferry.until(id, ({ tables }) => tables.length > 0);
  const wide = JSON.stringify({ ...view, tables: Array.from({ length: TABLES }, (_, place) => aTable(place)) });
  const body = `event: view\ndata: ${wide}\n\nevent: end\ndata: \n\n`;
  await page.route("**/events", (route) => route.fulfill({ contentType: "text/event-stream", body }));
  await page.goto(`/imports/${id}`);
}

test("10,000 tables scroll without a hitch, and only those in sight are in the page", async ({ page }) => {
  await openWithTables(page);
  const table = page.getByRole("table", { name: "Tables" });
  await expect(table).toHaveAttribute("aria-rowcount", String(TABLES + 1), { timeout: SOON_MS });
  const rate = await scrollRate(table.locator("tbody"));
  console.log(`${TABLES} tables: ${rate.toFixed(1)} frames a second`);
  expect(rate).toBeGreaterThanOrEqual(LEAST_FRAMES_A_SECOND);

  await table.locator("tbody").evaluate((body) => body.scrollTo(0, body.scrollHeight));
  await expect(table.locator(`tr[aria-rowindex="${TABLES + 1}"]`)).toBeVisible();
  expect(await table.getByRole("row").count()).toBeLessThan(100);
  await page.getByRole("searchbox", { name: /tables/i }).fill("many_09999");
  await expect(table.locator("tbody").getByRole("row")).toHaveCount(1);
});
