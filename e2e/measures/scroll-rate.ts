import type { Locator } from "@playwright/test";

const SCROLL_MS = 3_000;
/** Quick enough that rows leave the page with every frame. */
const PIXELS_A_FRAME = 90;
export const LEAST_FRAMES_A_SECOND = 50;

/** How many frames the page draws in a second while this scrolls. */
export const scrollRate = (body: Locator): Promise<number> =>
  body.evaluate(
    (element, { scrollMs, pixels }) =>
      new Promise<number>((resolve) => {
        let frames = 0;
        let first: number | null = null;
        const step = (now: number) => {
          first ??= now;
          if (now - first >= scrollMs) return resolve((frames * 1_000) / (now - first));
          frames += 1;
          element.scrollTop += pixels;
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    { scrollMs: SCROLL_MS, pixels: PIXELS_A_FRAME },
  );
