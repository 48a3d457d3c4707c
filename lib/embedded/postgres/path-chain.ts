import { lstatSync, realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { PathFacts } from "./reach";

/** The facts of every folder from the root down to `path`; parts that do not exist yet are left out. */
export function pathChain(path: string): PathFacts[] {
  const chain: PathFacts[] = [];
  let current = existingPath(resolve(path));
  for (;;) {
    const { uid, gid, mode } = lstatSync(current);
    chain.unshift({ path: current, uid, gid, mode });
    const parent = dirname(current);
    if (parent === current) return chain;
    current = parent;
  }
}

function existingPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "ENOENT" || dirname(path) === path) throw error;
    return existingPath(dirname(path));
  }
}
