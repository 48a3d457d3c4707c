import { setTimeout } from "node:timers/promises";
import { type Browser, expect, type Page } from "@playwright/test";
import { LONG_TESTS } from "@/e2e/long-tests";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";
import { DEMO, type FerryApi, ferryApi } from "./ferry-api";
import { test } from "./ferry-test";
import { emptyDatabase, type OwnPostgres, ownPostgres } from "./own-postgres";

const LIFE_MS = 240_000;
const SOON_MS = 60_000;
const MOST_SHIFT = 0.02;
/** Long after the first picture of the page. */
const FONTS_LATE_MS = 900;
/** A phone, a laptop, a large screen on which most of the page is in sight. */
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];

/** What Chromium tells of a shift, which TypeScript does not know. */
type LayoutShift = PerformanceEntry & { value: number; sources: { node: Node | null }[] };

/** Kept in the page from its start. */
interface Shifting {
  shift: number;
  moved: string[];
}

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

async function openWatched(
  browser: Browser,
  baseURL: string,
  path: string,
  prepare?: (page: Page) => Promise<unknown>,
): Promise<Page[]> {
  const pages = SIZES.map(async (viewport) => {
    const page = await (await browser.newContext({ baseURL, viewport })).newPage();
    await page.addInitScript(() => {
      const seen: Shifting = Object.assign(window, { shift: 0, moved: [] });
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries() as LayoutShift[]) {
          seen.shift += value;
          seen.moved.push(
            `${value.toFixed(3)}: ${sources.map(({ node }) => node?.textContent?.slice(0, 40)).join(" | ")}`,
          );
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await prepare?.(page);
    await page.goto(path);
    return page;
  });
  return Promise.all(pages);
}

async function expectStill(pages: Page[], what: string): Promise<void> {
  for (const page of pages) {
    const { shift, moved } = await page.evaluate(() => {
      const { shift, moved } = window as unknown as Shifting;
      return { shift, moved };
    });
    const width = page.viewportSize()?.width;
    console.log(`${what}, ${width} px: layout shift ${shift.toFixed(4)}`);
    expect.soft(shift, `${what}, ${width} px: ${moved.join("\n")}`).toBeLessThan(MOST_SHIFT);
    await page.context().close();
  }
}

test("from its start to its report nothing on the page of an import jumps", async ({ browser, baseURL }) => {
  test.setTimeout(LIFE_MS);
  const id = await ferry.start({ ...DEMO, options: { maxMegabytesPerSecond: 3 } });
  const pages = await openWatched(browser, String(baseURL), `/imports/${id}`);
  for (const page of pages) {
    await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: LIFE_MS });
    await expect(page.getByRole("link", { name: "Signed statement" })).toBeVisible({ timeout: SOON_MS });
  }
  await expectStill(pages, "an import that succeeds");
});

test("nor does it jump for fonts that come late", async ({ browser, baseURL }) => {
  const id = await ferry.start({ ...DEMO, options: { maxMegabytesPerSecond: 1 } });
  await ferry.until(id, ({ progress }) => progress.rowsDone > 0);
  const arrived: string[] = [];
  const pages = await openWatched(browser, String(baseURL), `/imports/${id}`, (page) =>
    page.route("**/*.woff2", async (route) => {
      await setTimeout(FONTS_LATE_MS);
      await route.continue();
      arrived.push(route.request().url());
    }),
  );
  await expect.poll(() => arrived.length).toBeGreaterThanOrEqual(pages.length);
  for (const page of pages) await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await setTimeout(FONTS_LATE_MS);
  await ferry.post(`/api/imports/${id}/cancel`, { discard: true });
  await expectStill(pages, "a page whose fonts come late");
});

test("nor does anything jump when an import is paused, goes on and is cancelled", async ({ browser, baseURL }) => {
  test.skip(!LONG_TESTS, "It takes half a minute.");
  test.setTimeout(LIFE_MS);
  const id = await ferry.start({ ...DEMO, options: { maxMegabytesPerSecond: 0.3 } });
  const pages = await openWatched(browser, String(baseURL), `/imports/${id}`);
  const all = async (act: (page: Page) => Promise<void>) => {
    for (const page of pages) await act(page);
  };
  await ferry.until(id, ({ progress }) => progress.rowsDone > 0);
  await ferry.post(`/api/imports/${id}/pause`);
  await all((page) => expect(page.getByText("This import is paused.")).toBeVisible({ timeout: SOON_MS }));
  await ferry.post(`/api/imports/${id}/resume`);
  await all((page) => expect(page.getByText("This import is paused.")).toBeHidden({ timeout: SOON_MS }));
  await ferry.post(`/api/imports/${id}/cancel`, { discard: true });
  await all((page) => expect(page.getByText("This import was cancelled.")).toBeVisible({ timeout: SOON_MS }));
  await expectStill(pages, "an import that is paused and cancelled");
});

test("nor when one fails", async ({ browser, baseURL }) => {
  test.setTimeout(LIFE_MS);
  const target = await emptyDatabase(own);
  const spec = { ...own.server.superuser, database: parseConnectionString(target).database };
  await withSession(spec, { side: "metadata", name: "ferry test" }, (client) =>
    client.query("revoke usage on type date from public"),
  );
  const id = await ferry.start({ sourceText: own.url, target: { kind: "url", text: target } });
  const pages = await openWatched(browser, String(baseURL), `/imports/${id}`);
  await ferry.until(id, ({ status }) => status === "failed");
  for (const page of pages) {
    await expect(page.getByRole("button", { name: "Retry from here" })).toBeVisible({ timeout: LIFE_MS });
  }
  await expectStill(pages, "an import that fails");
});
