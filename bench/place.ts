import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolder, serverPlace } from "@/lib/embedded/postgres";

export const PROJECT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** Where the benchmark keeps its servers' data, Ferry's home and dumps; git does not see it. */
export const benchFolder = (): string => serverPlace(join(PROJECT, ".ferry", "bench"));

export async function emptyFolder(name: string): Promise<string> {
  const path = join(benchFolder(), name);
  await rm(path, { recursive: true, force: true });
  makeFolder(path);
  return path;
}
