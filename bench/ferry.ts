import { join } from "node:path";
import type { VerifyLevel } from "@/lib/plan/verify-level";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { connectionUrl } from "@/lib/postgres/connection-url";
import packageJson from "../package.json";
import type { Contender } from "./contender";
import { PROJECT } from "./place";
import { type Finished, runProgram } from "./program";
import { FERRY } from "./summary";

/** What the user's own Ferry is set to is not what is measured. */
const OWN_SETTINGS = /^(DATABASE_URL|INNGEST_.*|FERRY_.*)$/;

/** The command as a user gives it: it starts metadata database and step engine, imports, and stops them again. */
export function ferry(home: string, lanes: number, verify: VerifyLevel): Contender {
  return {
    name: FERRY,
    version: `ferry ${packageJson.version}`,
    copy: async ({ source, target }) => {
      const ends = ["--source", source, "--target", target];
      const finished = await runFerry(home, ["import", ...ends, "--lanes", `${lanes}`, "--verify", verify]);
      return { seconds: finished.seconds, finished };
    },
  };
}

/** Makes what a home has only once: an import of next to nothing, before anything is measured. */
export async function warmUp(home: string, source: ConnectionSpec, target: ConnectionSpec): Promise<void> {
  await runFerry(home, [
    "import",
    "--source",
    connectionUrl(source),
    "--target",
    connectionUrl(target),
    "--verify",
    "none",
  ]);
}

function runFerry(home: string, args: string[]): Promise<Finished> {
  const kept = Object.entries(process.env).filter(([name]) => !OWN_SETTINGS.test(name));
  return runProgram(process.execPath, [join(PROJECT, "bin", "ferry.mjs"), ...args, "--json"], {
    env: { ...(Object.fromEntries(kept) as NodeJS.ProcessEnv), FERRY_DATA_DIR: home },
  });
}

export function importIdOf(finished: Finished): string {
  const report: { importId: string | null } = JSON.parse(finished.stdout);
  if (report.importId === null) throw new Error("Ferry does not say which import it was.");
  return report.importId;
}
