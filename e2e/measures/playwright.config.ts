import { defineConfig } from "@playwright/test";
import base from "../../playwright.config";

/** What measures time, with no other test beside it. */
export default defineConfig({ ...base, testDir: ".", projects: undefined, workers: 1 });
