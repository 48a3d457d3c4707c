// Random requests to a Ferry of its own: `npm run fuzz -- --help`.
import { ensureDependencies } from "../../bin/install.mjs";
import { projectDir } from "../../bin/run.mjs";

process.chdir(projectDir);
if (!(await ensureDependencies(projectDir, "the packages Ferry is made of"))) process.exit(1);
await import("tsx");
const { main } = await import("./main.ts");
process.exit(await main(process.argv.slice(2)));
