import { defineConfig } from "@playwright/test";
import base from "../../playwright.config";

/** `npm run screens`: a Ferry as the browser tests have, looked at instead of tested. */
export default defineConfig({
  ...base,
  testDir: ".",
  testMatch: "screens.ts",
  projects: undefined,
  retries: 0,
  use: { ...base.use, trace: "off" },
});
