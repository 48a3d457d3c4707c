import { ensureBuild } from "@/bin/build.mjs";

/** The Ferries of all workers run the same build. */
export default async function buildFirst(): Promise<void> {
  if (!(await ensureBuild(process.cwd()))) throw new Error("There is nothing to test.");
}
