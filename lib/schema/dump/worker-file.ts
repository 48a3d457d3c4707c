import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const IN_PROJECT = "lib/schema/dump/worker.mjs";

/**
 * The worker stays an ordinary file that no bundler touches: beside this one when the sources are run, under the
 * project's folder, which is the working directory, in a build and in a serverless function.
 */
export function workerFile(): string {
  const beside = import.meta.url.startsWith("file:") ? join(dirname(fileURLToPath(import.meta.url)), "worker.mjs") : "";
  const found = [beside, join(/* turbopackIgnore: true */ process.cwd(), IN_PROJECT)].find(
    (file) => file !== "" && existsSync(/* turbopackIgnore: true */ file),
  );
  if (!found) throw new Error(`${IN_PROJECT} is missing: it must be among the files of the deployment`);
  return found;
}
