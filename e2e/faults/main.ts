import { SOURCE, TARGET } from "@/e2e/imports/scene";
import { privateServer } from "@/e2e/servers/private-server";
import type { TestServer } from "@/e2e/servers/server-at";
import { messageOf } from "@/lib/errors/ferry-error";
import { allowEveryAddress } from "@/lib/security/address-guard";
import { openArena } from "./arena";
import { type FaultsOptions, type GridOptions, readOptions, USAGE, UsageError } from "./arguments";
import { isPassed, runGrid } from "./grid/grid";
import { cellLines, gridSummary } from "./grid/report";
import { GRID_SHAPE_SQL } from "./grid/shape";
import { runLines, summaryLines } from "./report";
import { runSuite } from "./suite";

export async function main(args: string[]): Promise<number> {
  allowEveryAddress();
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

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Servers of its own: with autovacuum at rest, a source moves when a run wants it to, and nothing else writes to it. */
async function runAll(options: FaultsOptions | GridOptions): Promise<number> {
  const settings = { autovacuum: "off" };
  const source = await privateServer(SOURCE, { settings });
  try {
    const target = await privateServer(TARGET, { settings });
    try {
      return await (options.grid ? wholeGrid(source, target, options) : randomRuns(source, target, options));
    } finally {
      await target.remove();
    }
  } finally {
    await source.remove();
  }
}

async function randomRuns(source: TestServer, target: TestServer, options: FaultsOptions): Promise<number> {
  const { seed, runs, parallel, faults } = options;
  say(`Seed ${seed}, ${runs.length} runs, Postgres ${SOURCE} to ${TARGET}.`);
  const arena = await openArena(source, target);
  const onRun = (run: number, result: Parameters<typeof runLines>[1]) => say(runLines(run, result, seed).join("\n"));
  const results = await runSuite(arena, { seed, runs, parallel, faults, onRun });
  say(`\n${summaryLines(results, faults).join("\n")}`);
  return results.some(({ wrongs }) => wrongs.length > 0) ? 1 : 0;
}

async function wholeGrid(source: TestServer, target: TestServer, options: GridOptions): Promise<number> {
  const { cells, isWhole, parallel } = options;
  say(`${cells.length} cells, Postgres ${SOURCE} to ${TARGET}.`);
  const arena = await openArena(source, target, GRID_SHAPE_SQL);
  const startedAt = performance.now();
  const results = await runGrid(arena, { cells, parallel, onCell: (result) => say(cellLines(result).join("\n")) });
  say(`\n${gridSummary(results, performance.now() - startedAt, isWhole).join("\n")}`);
  return results.every(isPassed) ? 0 : 1;
}
