import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const NOT_BUILT = /\.test\.tsx?$|^\./;

/** Of everything that is built from, so that it follows what is there and not when it was touched. */
export function contentHash(dir, folders, files) {
  const hash = createHash("sha256").update(process.versions.node.split(".")[0]);
  for (const path of [...files, ...folders.flatMap((folder) => filesBelow(dir, folder))]) {
    const file = join(dir, path);
    if (existsSync(file)) hash.update(`\0${path}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function filesBelow(dir, folder) {
  if (!existsSync(join(dir, folder))) return [];
  return readdirSync(join(dir, folder), { withFileTypes: true })
    .filter(({ name }) => !NOT_BUILT.test(name) && name !== "node_modules")
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(dir, join(folder, entry.name)) : [join(folder, entry.name)]));
}
