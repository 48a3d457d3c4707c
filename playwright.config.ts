import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { findChromium } from "./bin/chromium.mjs";
import { testFolder } from "./e2e/servers/launch";
import { freePort } from "./lib/embedded/postgres/port";

// Read again by each worker, which gets the choices of the first reading through the environment.
process.env.FERRY_BROWSER_PORT ??= String(await freePort());
process.env.FERRY_BROWSER_HOME ??= join(testFolder(), "runs", String(process.pid), "browser");
process.env.FERRY_CHROMIUM ??= (await findChromium()) ?? "";
const { FERRY_BROWSER_PORT: port, FERRY_BROWSER_HOME: home, FERRY_CHROMIUM: chromium } = process.env;
const address = `http://127.0.0.1:${port}`;

/** Chromium's own sandbox does not work for root. */
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
/** Nothing of the browser's own goes over the network. */
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Against a whole Ferry of its own: the production build, started as a user starts it, with fresh data. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  // The test command counts what needed it, and bears few: see bin/test-counts.mjs.
  retries: 1,
  workers: 1,
  timeout: 120_000,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["list"], ["json"]] : [["list"]],
  use: {
    baseURL: address,
    trace: "retain-on-failure",
    launchOptions: { executablePath: chromium || undefined, args: [...sandbox, "--disable-gpu", ...quiet] },
  },
  webServer: {
    command: "node bin/start.mjs",
    url: address,
    // Empty rather than absent, so that a .env file of the user's does not fill them.
    env: {
      ...{ PORT: port, FERRY_DATA_DIR: home, FERRY_DEMO: "on", FERRY_KEYS: "", DATABASE_URL: "" },
      ...{ FERRY_NEON_API_URL: "", FERRY_NEON_API_KEY: "" },
      ...{ INNGEST_BASE_URL: "", INNGEST_EVENT_KEY: "", INNGEST_SIGNING_KEY: "", INNGEST_DEV: "" },
    },
    timeout: 300_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stderr: "pipe",
  },
});
