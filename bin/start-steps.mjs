import { ensureBuild } from "./build.mjs";
import { loadProgram } from "./bundle.mjs";
import { ensureDependencies } from "./install.mjs";
import { projectDir } from "./run.mjs";

/** Installs and builds what is missing, then serves in this same process. */
export async function start({ dev }) {
  process.chdir(projectDir);
  const ready =
    (await ensureDependencies(projectDir, "the packages Ferry is made of")) && (dev || (await ensureBuild(projectDir)));
  if (!ready) process.exit(1);
  await loadProgram(projectDir, "serve");
}
