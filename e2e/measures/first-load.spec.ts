import { type CDPSession, expect, type Page } from "@playwright/test";
import { DEMO, type FerryApi, ferryApi } from "@/e2e/browser/ferry-api";
import { test } from "@/e2e/browser/ferry-test";

const OPENING_MS = 120_000;
/** Of scripts, as they come over the wire. */
const MOST_BYTES = 150_000;
const LARGEST_PAINT_MS = 1_500;
const MOST_SHIFT = 0.02;
/** The machine may be at something else during one: then it is loaded again. */
const MOST_LOADS = 3;
/** What only the library that draws the chart says. It comes when the page is there. */
const OF_THE_CHART = "cursor-pt";

let ferry: FerryApi;
let finished: string;
let shared: string;

test.beforeAll(async ({ baseURL }) => {
  test.setTimeout(OPENING_MS);
  ferry = await ferryApi(baseURL);
  finished = await ferry.start(DEMO);
  await ferry.until(finished, ({ status }) => status === "succeeded");
  shared = await ferry.share(finished);
});
test.afterAll(() => ferry?.close());

interface Script {
  name: string;
  bytes: number;
  draws: boolean;
}

/** Every script that a page loads by itself, with what of it came over the wire. */
async function scriptsOf(page: Page, path: string): Promise<Script[]> {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  const scripts = new Map<string, Script>();
  devtools.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (type === "Script") scripts.set(requestId, { name: new URL(response.url).pathname, bytes: 0, draws: false });
  });
  devtools.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    const script = scripts.get(requestId);
    if (script) script.bytes += encodedDataLength;
  });
  await devtools.send("Network.enable");
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto(path, { waitUntil: "networkidle" });
  for (const [requestId, script] of scripts) {
    const { body } = await devtools.send("Network.getResponseBody", { requestId });
    script.draws = body.includes(OF_THE_CHART);
  }
  await devtools.detach();
  return [...scripts.values()];
}

const sum = (scripts: Script[]) => scripts.reduce((total, { bytes }) => total + bytes, 0);

test("the status page comes with at most 150 kB of script, all but its chart", async ({ page }) => {
  for (const path of [`/imports/${finished}`, shared]) {
    const scripts = await scriptsOf(page, path);
    const chart = scripts.filter(({ draws }) => draws);
    const first = scripts.filter(({ draws }) => !draws);
    expect(chart).toHaveLength(1);
    expect(first.length).toBeGreaterThan(3);
    console.log(`${path.split("/")[1]}: ${sum(first)} bytes of script, and ${sum(chart)} for the chart`);
    expect(sum(first), JSON.stringify(first, null, 1)).toBeLessThanOrEqual(MOST_BYTES);
  }
});

/** What Chromium tells of a shift, which TypeScript does not know. */
type LayoutShift = PerformanceEntry & { value: number; sources: { node: Node | null }[] };

/** Largest paint and layout shift as the browser itself tells them, in a context without a cache. */
async function vitals(page: Page, path: string): Promise<{ paintMs: number; shift: number; moved: string[] }> {
  await page.goto(path, { waitUntil: "networkidle" });
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        let paintMs = 0;
        let shift = 0;
        const moved: string[] = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) paintMs = entry.startTime;
        }).observe({ type: "largest-contentful-paint", buffered: true });
        new PerformanceObserver((list) => {
          for (const { value, sources } of list.getEntries() as LayoutShift[]) {
            shift += value;
            moved.push(...sources.map(({ node }) => node?.textContent?.slice(0, 60) ?? ""));
          }
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve({ paintMs, shift, moved }), 300);
      }),
  );
}

test("pages are there within one and a half seconds, and nothing on them jumps", async ({ browser, baseURL }) => {
  for (const path of ["/", "/new", `/imports/${finished}`, shared]) {
    let paintMs = Number.POSITIVE_INFINITY;
    let shift = 0;
    const moved: string[] = [];
    for (let load = 0; load < MOST_LOADS && paintMs >= LARGEST_PAINT_MS; load += 1) {
      const context = await browser.newContext({ baseURL });
      const seen = await vitals(await context.newPage(), path);
      paintMs = Math.min(paintMs, seen.paintMs);
      shift = Math.max(shift, seen.shift);
      moved.push(...seen.moved);
      await context.close();
    }
    console.log(`${path}: largest paint ${Math.round(paintMs)} ms, layout shift ${shift.toFixed(4)}`);
    expect(paintMs, path).toBeGreaterThan(0);
    expect(paintMs, path).toBeLessThan(LARGEST_PAINT_MS);
    expect(shift, `${path}: ${moved.join("; ")}`).toBeLessThan(MOST_SHIFT);
  }
});
