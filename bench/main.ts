import { join } from "node:path";
import { messageOf } from "@/lib/errors/ferry-error";
import { type BenchOptions, readOptions, USAGE, UsageError } from "./arguments";
import { readContents } from "./contents";
import { ferry, importIdOf } from "./ferry";
import { readImports } from "./import-records";
import { describeMachine } from "./machine";
import { findPeers } from "./peers";
import { emptyFolder } from "./place";
import { type Profile, profileOf } from "./profile";
import type { Finished } from "./program";
import { profileLines, shapeWords, summaryLines } from "./report";
import { runRounds, type Scene, warm } from "./rounds";
import { query, SETTINGS, startServer } from "./servers";
import { openSource } from "./source";
import { summarise, typical } from "./summary";

/** stdout is for the document, stderr for people, as with the command line. */
export async function main(args: string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options !== null) return await bench(options);
    process.stdout.write(USAGE);
    return 0;
  } catch (error) {
    process.stderr.write(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : `${messageOf(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function bench(options: BenchOptions): Promise<number> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const source = await openSource(options.from, options.shape, say);
  try {
    const target = await startServer(options.to, join(await emptyFolder("target"), "data"));
    try {
      const [expected, home] = await Promise.all([readContents(source.spec), emptyFolder("home")]);
      return await measure({ source, target, expected, home, say }, options);
    } finally {
      await target.stop();
      await Promise.all(["target", "home", "dump"].map(emptyFolder));
    }
  } finally {
    await source.end({ keep: options.keep });
  }
}

async function measure(scene: Scene, options: BenchOptions): Promise<number> {
  const { lanes, from, to, shape, verify } = options;
  const isWanted = ({ name }: { name: string }) => !options.without.some((begin) => name.startsWith(begin));
  const peers = options.ferryOnly ? [] : findPeers(lanes, from).filter(isWanted);
  const absent = peers.filter((peer) => "absent" in peer);
  const contenders = [ferry(scene.home, lanes, verify), ...peers.filter((peer) => "copy" in peer)];
  scene.say(`Copying ${shapeWords(shape)}, Postgres ${from} to ${to}, rounds: ${options.runs}.`);
  await warm(scene);
  const { runs, finished } = await runRounds(scene, contenders, options.runs);
  const names = contenders.map(({ name }) => name);
  const summary = summarise(names, runs);
  const profiles = options.profile ? await readProfiles(scene.home, lanes, finished) : [];
  scene.say(`\n${summaryLines(summary, absent).join("\n")}`);
  const shown = typical(profiles, ({ wallSeconds }) => wallSeconds);
  if (shown) scene.say(profileLines(shown).join("\n"));
  if (options.json) {
    const document = {
      options,
      machine: describeMachine(),
      settings: SETTINGS,
      sourceBytes: await sizeOf(scene),
      versions: contenders.map(({ name, version }) => ({ name, version })),
      absent,
      runs,
      ...summary,
      profiles,
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  }
  return runs.every((run) => run.failure === null) ? 0 : 1;
}

async function sizeOf({ source }: Scene): Promise<number> {
  const sql = "select pg_database_size(current_database())::float8 as bytes";
  const [row] = await query<{ bytes: number }>(source.spec, sql);
  return row?.bytes ?? 0;
}

async function readProfiles(home: string, lanes: number, finished: Finished[]): Promise<Profile[]> {
  const records = await readImports(home, finished.map(importIdOf));
  return records.flatMap((record, index) => {
    const ended = finished[index];
    return ended ? [profileOf({ startedAt: ended.startedAtMs, endedAt: ended.endedAtMs, lanes }, record)] : [];
  });
}
