import { join } from "node:path";
import type { RunningServer } from "@/lib/embedded/postgres";
import { messageOf } from "@/lib/errors/ferry-error";
import { connectionUrl } from "@/lib/postgres/connection-url";
import type { Contender } from "./contender";
import { type Contents, differences, readContents } from "./contents";
import { cpuBetween, readCpu } from "./cpu";
import { warmUp } from "./ferry";
import { readLoad } from "./machine";
import { emptyFolder } from "./place";
import type { Finished } from "./program";
import { runLine } from "./report";
import { fillLog, freshDatabase, query, targetDatabase } from "./servers";
import type { Source } from "./source";
import { inTurn, type Run } from "./summary";

export interface Scene {
  source: Source;
  target: RunningServer;
  /** What a right copy holds. */
  expected: Contents;
  /** Ferry's data folder. */
  home: string;
  say: (line: string) => void;
}

const TINY = "tiny";

/** What there is only once is made now: Ferry's home, by an import of next to nothing, and the target's log. */
export async function warm({ source, target, home }: Scene): Promise<void> {
  // A source that was kept has it already.
  await query(source.server.superuser, `drop database if exists ${TINY}`);
  const tiny = await freshDatabase(source.server, TINY);
  await query(tiny, "create table one as select 1 as number");
  await warmUp(home, tiny, await freshDatabase(target, targetDatabase(0)));
  await fillLog(target);
}

/** Every contender once a round, one after the other. */
export async function runRounds(
  scene: Scene,
  contenders: Contender[],
  rounds: number,
): Promise<{ runs: Run[]; finished: Finished[] }> {
  const runs: Run[] = [];
  const finished: Finished[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const contender of inTurn(contenders, round)) {
      const { run, ended } = await runOnce(scene, contender, round, runs.length + 1);
      runs.push(run);
      if (ended && run.failure === null) finished.push(ended);
      scene.say(runLine(run));
    }
  }
  return { runs, finished };
}

async function runOnce(
  scene: Scene,
  contender: Contender,
  round: number,
  copy: number,
): Promise<{ run: Run; ended?: Finished }> {
  const { source, target, expected } = scene;
  const spec = await freshDatabase(target, targetDatabase(copy));
  const folder = await emptyFolder(join("dump", `${copy}`));
  const load = await readLoad();
  const run: Run = {
    contender: contender.name,
    round,
    seconds: 0,
    load,
    cpu: null,
    peakMemoryBytes: null,
    failure: null,
  };
  let ended: Finished | undefined;
  try {
    const before = await readCpu(source.server.pid, target.pid);
    const copied = await contender.copy({ source: connectionUrl(source.spec), target: connectionUrl(spec), folder });
    ended = copied.finished;
    run.cpu = cpuBetween(before, await readCpu(source.server.pid, target.pid));
    run.seconds = copied.seconds;
    run.peakMemoryBytes = ended?.peakMemoryBytes ?? null;
    const found = differences(expected, await readContents(spec));
    if (found.length > 0) run.failure = `the target is not the source: ${found.slice(0, 5).join("; ")}`;
  } catch (error) {
    run.failure = messageOf(error);
  }
  return { run, ended };
}
