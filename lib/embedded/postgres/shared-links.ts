import { lstat, readFile, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

interface Link {
  source: string;
  target: string;
}

/**
 * Makes the links between shared libraries that the npm package lists and cannot contain; npm 11 does not run the
 * install script that would. Links that exist are left alone, so a read-only folder that has them is fine, and two
 * processes may do this at once.
 */
export async function ensureSharedLinks(packageDir: string): Promise<void> {
  for (const link of await readLinks(packageDir)) {
    const path = join(packageDir, link.target);
    if (await exists(path)) continue;
    try {
      await symlink(relative(dirname(path), join(packageDir, link.source)), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** True when nothing would have to be written. */
export async function hasSharedLinks(packageDir: string): Promise<boolean> {
  for (const link of await readLinks(packageDir)) {
    if (!(await exists(join(packageDir, link.target)))) return false;
  }
  return true;
}

async function readLinks(packageDir: string): Promise<Link[]> {
  try {
    return JSON.parse(await readFile(join(packageDir, "native", "pg-symlinks.json"), "utf8")) as Link[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
