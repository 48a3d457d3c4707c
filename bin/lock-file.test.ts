import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface LockFile {
  packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>;
}

/** npm drops packages of other platforms from a lock file under some conditions: macOS would then miss its binaries. */
test.each(["package-lock.json", "e2e/servers/package-lock.json"])("%s holds every platform's binaries", (file) => {
  const { packages } = JSON.parse(readFileSync(file, "utf8")) as LockFile;
  const present = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, "")));
  const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  expect(wanted.length).toBeGreaterThan(0);
  expect(wanted.filter((name) => !present.has(name))).toEqual([]);
});

test.each(["package-lock.json", "e2e/servers/package-lock.json"])("%s names no registry", (file) => {
  const { packages } = JSON.parse(readFileSync(file, "utf8")) as LockFile;
  expect(Object.values(packages).filter((entry) => entry.resolved?.startsWith("http"))).toEqual([]);
});
