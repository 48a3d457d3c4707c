import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { findChromium } from "./bin/chromium.mjs";

// Read again by each worker, which gets the choice of the first reading through the environment.
process.env.FERRY_CHROMIUM ??= (await findChromium()) ?? "";
const { FERRY_CHROMIUM: chromium } = process.env;

/** Chromium's own sandbox does not work for root. */
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
/** Nothing of the browser's own goes over the network. */
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** They want the machine for themselves, and have a configuration of their own. */
const MEASURES = "**/e2e/measures/**";
/** What has a Ferry of its own, and what takes long: begun last, it would be waited for by itself. */
const FIRST = ["access", "accounts", "kill-web", "projects", "start-stop", "traced-files"].map(
  (name) => `**/${name}.spec.ts`,
);

/** Against whole Ferries: the production build, started as a user starts it, with fresh data. See ferry-test.ts. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  projects: [
    { name: "first", testMatch: FIRST },
    { name: "then", testIgnore: [MEASURES, ...FIRST] },
  ],
  globalSetup: fileURLToPath(new URL("e2e/browser/build-first.ts", import.meta.url)),
  // The test command counts what needed it, and bears few: see bin/test-counts.mjs.
  retries: 1,
  workers: 3,
  timeout: 240_000,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["list"], ["json"]] : [["list"]],
  use: {
    // A record of every test, thrown away when it succeeds, takes time from all of them.
    trace: "on-first-retry",
    launchOptions: { executablePath: chromium || undefined, args: [...sandbox, "--disable-gpu", ...quiet] },
  },
});
