import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectDir } from "./run.mjs";

/** Licences that ask for no more than to be named. What is under another needs a person to look at it first. */
export const ALLOWED = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "PostgreSQL",
  "Python-2.0",
  "Unlicense",
]);

/** Others that were looked at, and why they may be here. */
export const LOOKED_AT = {
  "caniuse-lite": "CC-BY-4.0: data that only the build reads",
  "@axe-core/playwright": "MPL-2.0: tests only, unchanged",
  "axe-core": "MPL-2.0: tests only, unchanged",
  geist: "OFL-1.1: a font, delivered as it is",
  lightningcss: "MPL-2.0: a program of the build, unchanged",
  "@img/sharp": "LGPL-3.0 of libvips: a library of its own that Next may load, unchanged",
};

/**
 * Each package of a lock file with its licence. Pure.
 * @param {{ packages: Record<string, { version?: string, license?: string }> }} lock
 */
export function licencesOf(lock) {
  return Object.entries(lock.packages)
    .filter(([path]) => path !== "")
    .map(([path, { version = "", license = "none named" }]) => {
      const name = path.replace(/^.*node_modules\//, "");
      return { name, version, license, isFine: isFine(name, license) };
    });
}

/** Of several to choose from one will do; of several that all hold, each has to. */
function isFine(name, license) {
  const known = Object.keys(LOOKED_AT).some((prefix) => name === prefix || name.startsWith(`${prefix}-`));
  if (known) return true;
  const words = license.replace(/[()]/g, "");
  if (words.includes(" OR ")) return words.split(" OR ").some((one) => ALLOWED.has(one));
  return words.split(" AND ").every((one) => ALLOWED.has(one));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const listed = licencesOf(JSON.parse(readFileSync(join(projectDir, "package-lock.json"), "utf8")));
  for (const { name, version, license, isFine: fine } of listed) {
    console.log(`${fine ? " " : "!"} ${license.padEnd(28)} ${name} ${version}`);
  }
  process.exit(listed.every(({ isFine: fine }) => fine) ? 0 : 1);
}
