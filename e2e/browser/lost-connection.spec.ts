import { expect, type Page } from "@playwright/test";
import { LONG_TESTS } from "@/e2e/long-tests";
import { startProxy, type TcpProxy } from "@/e2e/servers/tcp-proxy";
import { DEMO, type FerryApi, ferryApi } from "./ferry-api";
import { test } from "./ferry-test";

const SOON_MS = 60_000;
/** Read so slowly that there is time to look. */
const SLOW = { ...DEMO, options: { lanes: 1, maxMegabytesPerSecond: 0.3 } };

let ferry: FerryApi;
let line: TcpProxy;

test.beforeAll(async ({ baseURL }) => {
  ferry = await ferryApi(baseURL);
  line = await startProxy({ to: { host: "127.0.0.1", port: Number(new URL(String(baseURL)).port) } });
});
test.afterAll(async () => {
  await ferry?.close();
  await line?.close();
});

async function startSlow(): Promise<string> {
  const id = await ferry.start(SLOW);
  await ferry.until(id, ({ progress }) => progress.rowsDone > 0);
  return id;
}

const mark = (page: Page, word: string) => page.getByRole("status").filter({ hasText: word }).first();

test("a line that breaks is said to be broken, with the age of what is shown, and heals by itself", async ({
  page,
}) => {
  const id = await startSlow();
  await page.goto(`http://127.0.0.1:${line.port}/imports/${id}`);
  await expect(mark(page, "Live")).toBeVisible({ timeout: SOON_MS });
  const data = page.getByRole("region", { name: "Progress" }).getByRole("definition").first();

  await line.refuse(true);
  line.cutAll();
  await expect(mark(page, "Reconnecting")).toBeVisible({ timeout: SOON_MS });
  await expect(page.getByText(/^The connection to Ferry is lost. What you see is .* old\./)).toBeVisible();
  const before = await data.textContent();
  const { progress } = await ferry.until(id, () => true);
  await ferry.until(id, (view) => view.progress.rowsDone > progress.rowsDone);

  await line.refuse(false);
  await expect(mark(page, "Live")).toBeVisible({ timeout: SOON_MS });
  await expect(page.getByText(/^The connection to Ferry is lost/)).toBeHidden();
  await expect(data).not.toHaveText(before ?? "", { timeout: SOON_MS });
  await ferry.post(`/api/imports/${id}/cancel`, { discard: true });
  await expect(page.getByText("This import was cancelled.")).toBeVisible({ timeout: SOON_MS });
});

test("a browser that has no network says so, and goes on when it has", async ({ page, context }) => {
  test.skip(!LONG_TESTS, "It takes a quarter of a minute.");
  const id = await startSlow();
  await page.goto(`/imports/${id}`);
  await expect(mark(page, "Live")).toBeVisible({ timeout: SOON_MS });
  await context.setOffline(true);
  await expect(mark(page, "Offline")).toBeVisible({ timeout: SOON_MS });
  await expect(page.getByText(/^This browser is offline. What you see is .* old\./)).toBeVisible();
  await ferry.post(`/api/imports/${id}/cancel`, { discard: true });
  await context.setOffline(false);
  await expect(page.getByText("This import was cancelled.")).toBeVisible({ timeout: SOON_MS });
});

test("what is done in one tab is seen in the other, and by who reloads or comes back", async ({ page, context }) => {
  test.skip(!LONG_TESTS, "It takes a quarter of a minute.");
  const id = await startSlow();
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto(`/imports/${id}`);
    await expect(mark(tab, "Live")).toBeVisible({ timeout: SOON_MS });
  }
  const paused = (tab: Page) => tab.getByText("This import is paused.");
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Pause it" }).click();
  for (const tab of [page, other]) await expect(paused(tab)).toBeVisible({ timeout: SOON_MS });

  await page.reload();
  await expect(paused(page)).toBeVisible();
  await page.getByRole("link", { name: "Imports" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Imports" })).toBeVisible();
  await page.goBack();
  await expect(paused(page)).toBeVisible({ timeout: SOON_MS });

  await other.getByRole("button", { name: "Resume" }).click();
  for (const tab of [page, other]) await expect(paused(tab)).toBeHidden({ timeout: SOON_MS });
  await ferry.post(`/api/imports/${id}/cancel`, { discard: true });
  for (const tab of [page, other]) {
    await expect(tab.getByText("This import was cancelled.")).toBeVisible({ timeout: SOON_MS });
  }
});
