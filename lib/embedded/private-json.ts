import { readFile, rename, writeFile } from "node:fs/promises";
import type { z } from "zod";

/** Reads a file of this home; null when there is none. */
export async function readPrivateJson<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    return schema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new Error(`${path} cannot be read: it was changed or damaged.`, { cause: error });
  }
}

/** Complete or not at all, and for its owner only. */
export async function writePrivateJson(path: string, value: unknown): Promise<void> {
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, path);
}
