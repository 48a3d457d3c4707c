import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { test } from "@/e2e/browser/ferry-test";
import { openGallery } from "@/e2e/browser/gallery";
import { type Exhibit, openExhibit } from "@/e2e/browser/gallery/exhibit";
import { takeReadmePicture } from "./readme";

/** Git ignores it. */
const FOLDER = "screens";
const THEMES = ["dark", "light"] as const;
const SIZES = [
  { width: 390, height: 844 },
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
];
const ALL_MS = 2_400_000;
/** `SCREENS=import-paused,share npm run screens` takes those whose names begin so. */
const ONLY = process.env.SCREENS?.split(",") ?? [""];

async function open(page: Page, exhibit: Exhibit): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 860 });
  await openExhibit(page, exhibit);
  await page.evaluate(() => document.fonts.ready);
}

async function take(page: Page, name: string): Promise<void> {
  // What is drawn by script follows a size or a theme with the next frame.
  await page.evaluate(() => window.scrollTo(0, 0));
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
  await exhibit.after?.(page);
}

const isAsked = ({ name }: Pick<Exhibit, "name">) => ONLY.some((start) => name.startsWith(start));

test("pictures of every page and state, in both themes, at three widths", async ({ page, ferry, browser }) => {
  test.setTimeout(ALL_MS);
  const none = { name: "imports-none", path: "/" };
  if (isAsked(none)) await takeAll(page, none);
  const gallery = await openGallery(ferry, browser);
  const failed: string[] = [];
  try {
    for (const exhibit of gallery.exhibits.filter(isAsked)) {
      // One that cannot be shown keeps nobody from looking at the others.
      await takeAll(page, exhibit).catch((error: unknown) => failed.push(`${exhibit.name}: ${String(error)}`));
    }
  } finally {
    await gallery.close();
  }
  if (isAsked({ name: "readme" })) await takeReadmePicture(page, ferry, join(FOLDER, "readme.png"));
  expect(failed).toEqual([]);
});
