import { expect } from "@playwright/test";
import { DEMO, type FerryApi, ferryApi } from "./ferry-api";
import { test } from "./ferry-test";

const SOON_MS = 60_000;
const IMPORT_MS = 120_000;

let ferry: FerryApi;

test.beforeAll(async ({ baseURL }) => {
  ferry = await ferryApi(baseURL);
});
test.afterAll(() => ferry?.close());

test("of the tables of an import those are shown that are asked for, while it moves and when it is over", async ({
  page,
}) => {
  const id = await ferry.start({ ...DEMO, options: { maxMegabytesPerSecond: 1 } });
  await ferry.until(id, ({ tables }) => tables.some(({ state }) => state === "done"));
  await page.goto(`/imports/${id}`);
  const table = page.getByRole("table", { name: "Tables" });
  const names = async () =>
    (await table.getByRole("row").locator("td:first-child").allInnerTexts()).map((n) => n.trim());
  const filter = (word: string) => page.getByRole("group", { name: "Show tables" }).getByRole("button", { name: word });
  const search = page.getByRole("searchbox", { name: "Search tables" });

  await filter("Done").click();
  await expect(filter("Done")).toHaveAttribute("aria-pressed", "true");
  await expect(filter("All")).toHaveAttribute("aria-pressed", "false");
  const done = await names();
  expect(done.length).toBeGreaterThan(0);
  for (const row of await table
    .getByRole("row")
    .filter({ has: page.locator("td") })
    .all()) {
    await expect(row).toContainText(/Done|Left out/);
  }
  await filter("Waiting").click();
  expect((await names()).filter((name) => done.includes(name))).toEqual([]);

  await filter("All").click();
  await search.fill("SALES ord");
  await expect(table.getByRole("row", { name: /sales\.orders / })).toBeVisible();
  for (const name of await names()) expect(name).toMatch(/^sales\..*ord/);
  // It moves on, and what was asked for stays asked for.
  await page.getByRole("combobox", { name: "Speed limit" }).selectOption({ label: "None" });
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });
  await expect(search).toHaveValue("SALES ord");
  for (const name of await names()) expect(name).toMatch(/^sales\..*ord/);
  await search.fill("there is no such table");
  await expect(page.getByText("No table fits this choice.")).toBeVisible();
  await search.fill("");

  const head = (word: string) => table.getByRole("columnheader", { name: word });
  await expect(head("Size")).toHaveAttribute("aria-sort", "descending");
  await head("Table").getByRole("button").click();
  await expect(head("Table")).toHaveAttribute("aria-sort", "ascending");
  const sorted = await names();
  expect(sorted).toEqual([...sorted].sort());
  await head("Table").getByRole("button").click();
  await expect(head("Table")).toHaveAttribute("aria-sort", "descending");
  await expect.poll(names, { timeout: SOON_MS }).not.toEqual(sorted);
});
