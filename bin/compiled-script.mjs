import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { Script } from "node:vm";

/** A run that ends sooner has not done what the program is for: what it compiled would be of little use to others. */
const WORTH_KEEPING_MS = 1_000;

/**
 * Runs a bundle in the older form of modules and answers what it exports. What V8 compiles of it is kept beside it, for
 * each purpose apart, since different parts are used: a start that finds it takes half the time.
 * @param {string} file
 * @param {string} purpose
 * @param {number} [worthKeepingMs]
 * @returns {Record<string, any>} whatever it exports: who asks for a program knows it
 */
export function loadCompiled(file, purpose, worthKeepingMs = WORTH_KEEPING_MS) {
  const kept = `${file}.${purpose}.v8`;
  const cachedData = existsSync(kept) ? readFileSync(kept) : undefined;
  const source = readFileSync(file, "utf8");
  const wrapped = `(function (exports, require, module) {${source}\n})`;
  const script = new Script(wrapped, { filename: file, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module);
  // Another build of Node takes nothing from this one.
  if (!cachedData || script.cachedDataRejected)
    process.once("exit", () => performance.now() < worthKeepingMs || keep(script, kept));
  return module.exports;
}

function keep(script, path) {
  // The bundle may have been made anew, or the whole folder removed, while this program ran.
  if (!existsSync(dirname(path))) return;
  const unfinished = `${path}.${randomUUID()}`;
  try {
    writeFileSync(unfinished, script.createCachedData());
    renameSync(unfinished, path);
  } catch {
    // A folder that is full, or nobody's to write to: the next start is slower, and works as well.
    rmSync(unfinished, { force: true });
  }
}
