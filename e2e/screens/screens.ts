import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { test } from "@/e2e/browser/ferry-test";
import { type Exhibit, openGallery } from "@/e2e/browser/gallery";

/** Git ignores it. */
const FOLDER = "screens";
const THEMES = ["dark", "light"] as const;
const SIZES = [
  { width: 390, height: 844 },
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
];
/** README's picture, in the size in which it is shown. */
const README = { exhibit: "import-succeeded", size: { width: 1280, height: 860 } };
const ALL_MS = 1_200_000;
/** `SCREENS=import-paused,share npm run screens` takes those whose names begin so. */
const ONLY = process.env.SCREENS?.split(",") ?? [""];

async function open(page: Page, { path, before }: Exhibit): Promise<void> {
  await page.goto(path);
  await before?.(page);
  await page.evaluate(() => document.fonts.ready);
}

async function take(page: Page, name: string): Promise<void> {
  // What is drawn by script follows a size or a theme with the next frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  // A dialog stands in the middle of what is seen, not of a long page.
  const fullPage = (await page.getByRole("dialog").count()) === 0;
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage, animations: "disabled" });
}

async function takeAll(page: Page, exhibit: Exhibit): Promise<void> {
  await open(page, exhibit);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await take(page, `${exhibit.name}-${colorScheme}-${size.width}`);
    }
  }
}

test("pictures of every page and state, in both themes, at three widths", async ({ page, baseURL }) => {
  test.setTimeout(ALL_MS);
  await rm(FOLDER, { recursive: true, force: true });
  await takeAll(page, { name: "imports-none", path: "/" });
  const gallery = await openGallery(baseURL);
  try {
    for (const exhibit of gallery.exhibits.filter(({ name }) => ONLY.some((start) => name.startsWith(start)))) {
      await takeAll(page, exhibit);
    }
    const shown = gallery.exhibits.find(({ name }) => name === README.exhibit);
    if (shown) await open(page, shown);
    await page.setViewportSize(README.size);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await page.screenshot({ path: join(FOLDER, "readme.png"), animations: "disabled" });
  } finally {
    await gallery.close();
  }
});
