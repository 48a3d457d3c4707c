import { test as base } from "@playwright/test";
import { type OwnFerry, startOwnFerry } from "./own-ferry";

const START_MS = 300_000;

/**
 * Workers run beside each other, and each has a Ferry that its specs share one after the other: a list of imports
 * or of runs, and the engine's places, are of one spec at a time. It is started for the first test that asks for it.
 */
export const test = base.extend<object, { ferry: OwnFerry }>({
  ferry: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads here what a fixture needs, and wants a pattern.
    async ({}, use) => {
      const ferry = await startOwnFerry();
      await use(ferry);
      await ferry.stop();
    },
    { scope: "worker", timeout: START_MS },
  ],
  baseURL: ({ ferry }, use) => use(ferry.address),
});
