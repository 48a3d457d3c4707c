import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ensureBundle } from "./bundle.mjs";
import { loadCompiled } from "./compiled-script.mjs";

let dir: string;
const write = (file: string, text: string) => writeFile(join(dir, file), text);
const bundled = async (): Promise<string> => (await ensureBundle(dir)) ?? "";
const load = (bundle: string, name: string) => loadCompiled(join(bundle, `${name}.cjs`), "test");

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "ferry-bundle-"));
  for (const folder of ["bin/cli", "lib", "node_modules"]) await mkdir(join(dir, folder), { recursive: true });
  await write("tsconfig.json", JSON.stringify({ compilerOptions: { paths: { "@/*": ["./*"] } } }));
  await write("package.json", JSON.stringify({ type: "module" }));
  await write("lib/place.ts", "export const place: string = import.meta.url;");
  await write("bin/cli/main.ts", 'export { place } from "@/lib/place"; export const late = () => import("../serve");');
  await write("bin/serve.ts", 'export const word: string = "one";');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

it("knows the place of its sources, and loads a part when it is asked for", async () => {
  const { place, late } = await load(await bundled(), "ferry");
  expect(place).toBe(pathToFileURL(join(dir, "lib/place.ts")).href);
  expect((await late()).word).toBe("one");
});

it("is made once for the same content, whoever asks, and anew for another", async () => {
  const [first, second] = await Promise.all([bundled(), bundled()]);
  expect(second).toBe(first);
  await write("bin/cli/main.test.ts", "a test changes nothing");
  expect(await bundled()).toBe(first);
  await write("bin/serve.ts", 'export const word: string = "two";');
  const changed = await bundled();
  expect(changed).not.toBe(first);
  expect((await load(changed, "serve")).word).toBe("two");
  expect(await readdir(join(dir, "node_modules/.cache/ferry"))).toHaveLength(2);
});

it("says where a source is wrong, and leaves nothing half made to be loaded", async () => {
  await write("bin/serve.ts", "export const word = ;");
  await expect(ensureBundle(dir)).rejects.toThrow(/serve\.ts/);
  await expect(ensureBundle(dir)).rejects.toThrow(/serve\.ts/);
});
