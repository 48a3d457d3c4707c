import { SOURCE, TARGET } from "@/e2e/imports/scene";
import { privateServer } from "@/e2e/servers/private-server";
import { messageOf } from "@/lib/errors/ferry-error";
import { openArena } from "./arena";
import { type FaultsOptions, readOptions, USAGE, UsageError } from "./arguments";
import { runLines, summaryLines } from "./report";
import { runSuite } from "./suite";

export async function main(args: string[]): Promise<number> {
  try {
    const options = readOptions(args, Date.now());
    if (options !== null) return await runAll(options);
    process.stdout.write(USAGE);
    return 0;
  } catch (error) {
    process.stderr.write(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : `${messageOf(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** Servers of its own: with autovacuum at rest, a source moves when a run wants it to, and nothing else writes to it. */
async function runAll({ seed, runs, parallel, faults }: FaultsOptions): Promise<number> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const settings = { autovacuum: "off" };
  const source = await privateServer(SOURCE, { settings });
  try {
    const target = await privateServer(TARGET, { settings });
    try {
      say(`Seed ${seed}, ${runs.length} runs, Postgres ${SOURCE} to ${TARGET}.`);
      const arena = await openArena(source, target);
      const onRun = (run: number, result: Parameters<typeof runLines>[1]) =>
        say(runLines(run, result, seed).join("\n"));
      const results = await runSuite(arena, { seed, runs, parallel, faults, onRun });
      say(`\n${summaryLines(results, faults).join("\n")}`);
      return results.some(({ wrongs }) => wrongs.length > 0) ? 1 : 0;
    } finally {
      await target.remove();
    }
  } finally {
    await source.remove();
  }
}
