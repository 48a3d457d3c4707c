import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { lastLines, projectDir, run } from "./run.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_PATHS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The browser for the tests: what FERRY_CHROMIUM names, one of the system, or Playwright's own. */
export async function findChromium() {
  if (process.env.FERRY_CHROMIUM) return process.env.FERRY_CHROMIUM;
  const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((dir) => NAMES.map((name) => join(dir, name)));
  const { chromium } = await import("@playwright/test");
  for (const path of [...onPath, ...MAC_PATHS, chromium.executablePath()]) {
    if (existsSync(path) && (await isBrowser(path))) return path;
  }
  return null;
}

/** On some systems the name is only a stand-in that says where to get the browser. */
async function isBrowser(path) {
  const { code, output } = await run(path, ["--version"]);
  return code === 0 && /chrom/i.test(output);
}

/** Finds a browser or installs one; null when there is none in the end, which has been said. */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  console.error("Installing Chromium ...");
  const attempts = [...(process.getuid?.() === 0 ? [installFromSystem] : []), installFromPlaywright];
  let output = "";
  for (const attempt of attempts) {
    output = (await attempt()).output;
    const installed = await findChromium();
    if (installed) return installed;
  }
  console.error(`${lastLines(output)}\nNo Chromium could be installed: set FERRY_CHROMIUM to one.`);
  return null;
}

async function installFromSystem() {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const updated = await run("apt-get", ["update"], { env });
  return updated.code === 0
    ? run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { env })
    : updated;
}

function installFromPlaywright() {
  const cli = join(projectDir, "node_modules", "@playwright", "test", "cli.js");
  return run(process.execPath, [cli, "install", "chromium"]);
}
