// Random faults over whole imports: `npm run faults -- --help`. Servers of other versions are installed when needed.
import { join } from "node:path";
import { ensureDependencies } from "../../bin/install.mjs";
import { projectDir } from "../../bin/run.mjs";

process.chdir(projectDir);
const installed =
  (await ensureDependencies(projectDir, "the packages Ferry is made of")) &&
  (await ensureDependencies(join(projectDir, "e2e", "servers"), "Postgres servers of all versions"));
if (!installed) process.exit(1);
await import("tsx");
const { main } = await import("./main.ts");
process.exit(await main(process.argv.slice(2)));
