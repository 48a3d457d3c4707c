import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lastLines, npm, secondsSince } from "./run.mjs";

/**
 * Installs a folder's packages unless they are there already, as its lock file names them.
 * @returns {Promise<boolean>} false when that failed, which has been said
 */
export async function ensureDependencies(dir, what) {
  const missing = missingPackages(dir);
  if (missing.length === 0) return true;
  console.error(`Installing ${what} ...`);
  const start = performance.now();
  const { code, output } = await npm([
    // No package needs its install script: what runs here is only what is read here.
    ...["ci", "--prefix", dir, "--no-audit", "--no-fund", "--ignore-scripts"],
    // Also where NODE_ENV is production: the build and the tests need them.
    ...["--include=dev", "--include=optional"],
  ]);
  const left = missingPackages(dir);
  if (code === 0 && left.length === 0) {
    console.error(`Installed in ${secondsSince(start)}.`);
    return true;
  }
  console.error(lastLines(output));
  console.error(code === 0 ? `npm did not install ${left.join(", ")}.` : "npm ci failed; its last lines are above.");
  return false;
}

function missingPackages(dir) {
  const wanted = readJson(join(dir, "package-lock.json"));
  const installed = readJson(join(dir, "node_modules", ".package-lock.json"));
  return packagesMissing(wanted?.packages ?? {}, installed?.packages ?? {}, process);
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}

/**
 * Which packages of a lock file are not what npm noted after its last install. Of the optional ones only those count
 * that are for this very platform. Pure.
 * @param {Record<string, any>} wanted
 * @param {Record<string, any>} installed
 * @param {{ platform: string, arch: string }} machine
 */
export function packagesMissing(wanted, installed, { platform, arch }) {
  const needed = ([path, { optional, devOptional, os, cpu, libc }]) =>
    path !== "" && (!(optional || devOptional) || (os?.includes(platform) && cpu?.includes(arch) && !libc));
  return Object.entries(wanted)
    .filter(needed)
    .filter(([path, { version, link }]) => !link && installed[path]?.version !== version)
    .map(([path]) => path.replace(/^.*node_modules\//, ""));
}
