import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentHash } from "./content-hash.mjs";
import { lastLines, run, secondsSince } from "./run.mjs";

const FOLDERS = ["app", "lib", "inngest", "drizzle", "public"];
const FILES = [
  "package-lock.json",
  "instrumentation.ts",
  "proxy.ts",
  "next.config.ts",
  "bin/brotli-scripts.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
];

/** Builds the web app unless the last build was of the same content. */
export async function ensureBuild(dir) {
  if (isBuilt(dir)) return true;
  console.error("Building the web app ...");
  const start = performance.now();
  const { code, output } = await build(dir);
  if (code === 0) {
    console.error(`Built in ${secondsSince(start)}.`);
    return true;
  }
  console.error(lastLines(output, 60));
  console.error("The build failed; its last lines are above.");
  return false;
}

export async function build(dir) {
  const hash = contentHash(dir, FOLDERS, FILES);
  const next = join(dir, "node_modules", "next", "dist", "bin", "next");
  const result = await run(process.execPath, [next, "build"], {
    env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (result.code === 0) writeFileSync(hashFile(dir), hash);
  return result;
}

export function isBuilt(dir) {
  const complete = existsSync(join(dir, ".next", "BUILD_ID")) && existsSync(hashFile(dir));
  return complete && readFileSync(hashFile(dir), "utf8") === contentHash(dir, FOLDERS, FILES);
}

const hashFile = (dir) => join(dir, ".next", "ferry-content-hash");
