import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";

const MODULE = JSON.stringify(fileURLToPath(new URL("compiled-script.mjs", import.meta.url)));

const A_MINUTE_MS = 60_000;

let dir: string;
let file: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "ferry-script-"));
  file = join(dir, "program.cjs");
  await writeFile(file, 'exports.says = (word) => require("node:path").join(word, "there");');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** In a process of its own, as it is at its end that something is kept. */
const run = (worthKeepingMs: number) =>
  execFileSync(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `const { loadCompiled } = await import(${MODULE});
       const { says } = loadCompiled(${JSON.stringify(file)}, "test", ${worthKeepingMs});
       console.log(says("here"));`,
    ],
    { encoding: "utf8" },
  ).trim();

const kept = async () => (await readdir(dir)).filter((name) => name !== "program.cjs");

it("keeps what a run of some length has compiled, and does the same with it", async () => {
  expect(run(A_MINUTE_MS)).toBe("here/there");
  expect(await kept()).toEqual([]);
  expect(run(0)).toBe("here/there");
  expect(await kept()).toEqual(["program.cjs.test.v8"]);
  expect(run(A_MINUTE_MS)).toBe("here/there");
});

it("does without what another Node has kept, and keeps its own instead", async () => {
  await writeFile(join(dir, "program.cjs.test.v8"), "of another build");
  expect(run(0)).toBe("here/there");
  expect((await readFile(join(dir, "program.cjs.test.v8"))).length).toBeGreaterThan(100);
});
