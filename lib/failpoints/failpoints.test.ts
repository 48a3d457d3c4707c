import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { armFailpoints, failpoint } from "./index";
import { FAILPOINTS } from "./names";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const PRODUCT = ["app", "bin", "inngest", "lib"];

const isSource = (name: string) => /\.(ts|tsx|mjs)$/.test(name) && !/\.test\.tsx?$/.test(name);

const sources = PRODUCT.flatMap((folder) =>
  readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isSource(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name)),
).map((path) => ({ path: relative(PROJECT, path).replaceAll("\\", "/"), text: readFileSync(path, "utf8") }));

describe("the list of failpoints", () => {
  it("is what stands in the sources, each at its place and nowhere else", () => {
    const found = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\bfailpoint\("([^"]+)"/g)].map(([, name]) => `${name} in ${path}`),
    );
    const listed = Object.entries(FAILPOINTS).map(([name, { file }]) => `${name} in ${file}`);
    expect(found.sort()).toEqual(listed.sort());
  });

  it("says of each what is in danger", () => {
    for (const { danger } of Object.values(FAILPOINTS)) expect(danger).toMatch(/^[A-Z].{20,}\.$/);
  });
});

describe("a failpoint", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  it("does nothing where nobody has armed it", () => expect(failpoint("gate.checked")).toBeUndefined());

  it("is armed by no part of the product", () => {
    const arming = sources.filter(({ text }) => /\barmFailpoints\b|FERRY_FAILPOINTS/.test(text));
    expect(arming.map(({ path }) => path)).toEqual(["lib/failpoints/index.ts"]);
  });

  it.each(["hosted", undefined])("cannot be armed where the mode is %s", (mode) => {
    vi.stubEnv("FERRY_MODE", mode);
    expect(() => armFailpoints(() => undefined)).toThrow(/embedded/);
    expect(failpoint("gate.checked")).toBeUndefined();
  });

  it("tells where it stands once it is armed", async () => {
    vi.stubEnv("FERRY_MODE", "embedded");
    const fresh = await import("./index");
    const passed: unknown[] = [];
    fresh.armFailpoints((...args) => void passed.push(args));
    fresh.failpoint("unit.done", { of: "copy:1" });
    expect(passed).toEqual([["unit.done", { of: "copy:1" }]]);
  });
});
