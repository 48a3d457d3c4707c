import { expect, type Page } from "@playwright/test";
import { Client } from "pg";
import { DEMO, type FerryApi, ferryApi } from "./ferry-api";
import { test } from "./ferry-test";

const MOST_SHIFT = 0.02;
const SOON_MS = 30_000;
/** A page that is read for so long shows its skeleton. */
const LONGER_THAN_UNSEEN_MS = 1_000;
const NO_IMPORT = "01JNOTHERE0000000000000000";

let ferry: FerryApi;
let id: string;

test.beforeAll(async ({ baseURL }) => {
  ferry = await ferryApi(baseURL);
  id = await ferry.start(DEMO);
  await ferry.until(id, ({ status }) => status === "succeeded");
});
test.afterAll(() => ferry?.close());

/** While somebody holds a table of Ferry's own database, who reads it waits. */
async function whileHeld(url: string | undefined, table: string, look: () => Promise<void>): Promise<void> {
  const holder = new Client({ connectionString: url });
  await holder.connect();
  try {
    await holder.query(`begin; lock table ${table} in access exclusive mode`);
    await look();
  } finally {
    await holder.end();
  }
}

/** What Chromium tells of a shift, which TypeScript does not know. */
type LayoutShift = PerformanceEntry & { value: number };

const shiftOf = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let shift = 0;
        new PerformanceObserver((list) => {
          for (const { value } of list.getEntries() as LayoutShift[]) shift += value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(shift), 300);
      }),
  );

for (const { name, path, table, word, content } of [
  {
    name: "the imports",
    path: () => "/",
    table: "imports",
    word: "Reading the imports…",
    content: "Imports, newest first",
  },
  { name: "an import", path: () => `/imports/${id}`, table: "units", word: "Reading the import…", content: "Tables" },
  {
    name: "the runs",
    path: () => "/runs",
    table: "ferry_runner.run",
    word: "Reading the runs…",
    content: "Runs, newest first",
  },
] as const) {
  test(`${name}: a skeleton while they are read, in the room of what comes`, async ({ page, ferry: own }) => {
    const skeleton = page.locator("[aria-busy=true]");
    await whileHeld(own.environment.DATABASE_URL, table, async () => {
      await page.goto(path(), { waitUntil: "commit" });
      await expect(skeleton.getByRole("status")).toHaveText(word, { timeout: SOON_MS });
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    });
    await expect(page.getByRole("table", { name: content })).toBeVisible({ timeout: SOON_MS });
    await expect(skeleton).toHaveCount(0);
    expect(await shiftOf(page)).toBeLessThan(MOST_SHIFT);
  });
}

test("who goes to a page that takes long sees where they are, and nobody who does not waits for a skeleton", async ({
  page,
  ferry: own,
}) => {
  await page.goto("/settings");
  const nav = page.getByRole("navigation", { name: "Main" }).first();
  await nav.getByRole("link", { name: "Imports" }).click();
  await expect(page.getByRole("table", { name: "Imports, newest first" })).toBeVisible({ timeout: SOON_MS });
  await nav.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible({ timeout: SOON_MS });
  await whileHeld(own.environment.DATABASE_URL, "imports", async () => {
    await nav.getByRole("link", { name: "Imports" }).click();
    await expect(page.getByText("Reading the imports…")).toBeAttached({ timeout: SOON_MS });
  });
  await expect(page.getByRole("table", { name: "Imports, newest first" })).toBeVisible({ timeout: SOON_MS });
});

test("a page that is read again keeps what stands in it, however long either reading takes", async ({
  page,
  ferry: own,
}) => {
  const moving = await ferry.start({ ...DEMO, options: { maxMegabytesPerSecond: 0.3 } });
  let readings = 0;
  page.on("requestfinished", (request) => {
    readings += Number(request.url().includes("_rsc"));
  });
  const untilRead = async (times: number) => {
    const before = readings;
    await expect.poll(() => readings - before, { timeout: SOON_MS }).toBeGreaterThanOrEqual(times);
  };
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-met") ?? "lost");
  const skeleton = page.getByText("Reading the imports…");
  await whileHeld(own.environment.DATABASE_URL, "imports", async () => {
    await page.goto("/", { waitUntil: "commit" });
    await expect(skeleton).toBeAttached({ timeout: SOON_MS });
  });
  const link = page.getByRole("table", { name: "Imports, newest first" }).getByRole("link").first();
  await link.evaluate((element) => element.setAttribute("data-met", "here"));
  await link.focus();
  await untilRead(2);
  expect(await focused()).toBe("here");
  await whileHeld(own.environment.DATABASE_URL, "imports", async () => {
    await page.waitForRequest(/_rsc/, { timeout: SOON_MS });
    await page.waitForTimeout(LONGER_THAN_UNSEEN_MS);
    await expect(skeleton).toHaveCount(0);
  });
  await untilRead(1);
  expect(await focused()).toBe("here");
  await ferry.post(`/api/imports/${moving}/cancel`, { discard: true });
});

test("what is not there, or elsewhere, is answered so however long the rest takes to read", async ({
  request,
  ferry: own,
}) => {
  const draft = await ferry.create(DEMO);
  await whileHeld(own.environment.DATABASE_URL, "units", async () => {
    expect((await request.get(`/imports/${NO_IMPORT}`)).status()).toBe(404);
  });
  expect((await request.get("/projects/NO", { maxRedirects: 0 })).status()).toBe(404);
  const sent = await request.get(`/imports/${draft}`, { maxRedirects: 0 });
  expect(sent.status()).toBe(307);
  expect(sent.headers().location).toContain(`/new?step=checks&import=${draft}`);
});
