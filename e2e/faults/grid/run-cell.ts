import { setTimeout as sleep } from "node:timers/promises";
import { inSession, query } from "@/e2e/imports/scene";
import { messageOf } from "@/lib/errors/ferry-error";
import { hasEnded, type ImportStatus } from "@/lib/imports/status";
import type { Arena, Slot } from "../arena";
import { failpointInWords } from "../failpoints";
import { openStage, type Stage } from "../stage";
import { rowsWritten, wrongs, wrongsOfCancelled } from "../verdict";
import { type Cell, failpointsOf } from "./cells";
import { Host } from "./host";
import { listen, untilTold } from "./listener";
import { type Circumstances, MODES } from "./modes";
import { NO_OVERRUNNING_SQL, OVERRUNNING_SQL, patienceSql } from "./shape";

const LIMIT_MS = 90_000;
const LOOK_MS = 40;
/** An end is seen before it is told that something struck just after it. */
const END_MS = 1_000;
/** A retry for what struck before, one for what struck, and one for what a person cannot know to be in vain. */
const MOST_RETRIES = 3;

export interface CellResult {
  cell: Cell;
  tookMs: number;
  isReached: boolean;
  /** How often it waited for a person, and why. */
  retried: string[];
  /** Verbs that were asked again, since the first time had no answer. */
  askedAgain: string[];
  /** Verbs that did what was asked, and did not say so: who asked looks on. */
  unanswered: string[];
  wrongs: string[];
}

/** One import through an engine that is struck at the cell's failpoint, until both sides can be compared. */
export async function runCell(arena: Arena, slot: Slot, cell: Cell): Promise<CellResult> {
  const result: CellResult = {
    cell,
    tookMs: 0,
    isReached: false,
    retried: [],
    askedAgain: [],
    unanswered: [],
    wrongs: [],
  };
  const mode: Circumstances = MODES[cell.mode];
  const startedAt = performance.now();
  const stumble = (error: unknown) => void result.wrongs.push(`the grid stumbled: ${messageOf(error)}`);
  const listener = mode.isTold ? await listen() : null;
  try {
    slot.engine.also = listener?.environment ?? {};
    await slot.ask(mode.isCounted ? OVERRUNNING_SQL : NO_OVERRUNNING_SQL);
    await slot.engine.replace(undefined, failpointsOf(cell, mode.before));
    const plan = { options: { largeObjects: true, ...mode.options }, bytesPerSecond: mode.bytesPerSecond };
    const stage = await openStage(arena, slot, plan);
    const host = new Host(stage);
    const { patienceSeconds } = mode;
    await inSession(stage.target.spec, async (client) => {
      if (patienceSeconds > 0) await client.query(patienceSql(patienceSeconds));
      await play(arena, stage, host, mode, result);
      if (listener) await untilTold(stage, host, listener, result);
      isReached(stage, result);
    }).catch(stumble);
    if (result.wrongs.length > 0) result.wrongs.push(...(await traces(stage)));
    await host.close();
    // What hangs would not let go of its databases; after this the slot is not used again.
    if (result.wrongs.length > 0) await slot.engine.kill();
    await stage.close();
  } catch (error) {
    stumble(error);
  } finally {
    listener?.close();
  }
  if (result.wrongs.length > 0) result.wrongs.push(`engine: ${slot.engine.words.trim()}`);
  result.tookMs = performance.now() - startedAt;
  return result;
}

async function play(arena: Arena, stage: Stage, host: Host, mode: Circumstances, result: CellResult): Promise<void> {
  const { source, slot, importId } = stage;
  const written = await rowsWritten(arena, source);
  await insist(host, result, "start");
  const end = await goThrough(stage, host, mode, result);
  if (end === "hung") {
    result.wrongs.push("it did not end");
    return;
  }
  // Where it was struck at the very end, the engine is started again all the same.
  for (const deadline = Date.now() + END_MS; !isReached(stage, result) && Date.now() < deadline; await sleep(LOOK_MS));
  await host.look();
  await host.ask({ verb: "view", id: importId });
  if (!mode.isCancelled) result.wrongs.push(...(await wrongs(arena, stage, written)));
  else result.wrongs.push(...(await wrongsOfCancelled(arena, stage, written)));
  const sealed = "select 1 from credentials where import_id = $1 and side = 'source' and sealed is not null";
  if ((await slot.ask(sealed, [importId])).length > 0) result.wrongs.push("the source's password is still there");
}

interface Seen {
  status: ImportStatus;
  bytesDone: number;
  isDetached: boolean;
}

const SEEN = `
  select i.status, coalesce(sum(u.bytes_done), 0)::float8 as "bytesDone",
         coalesce(bool_or(u.detached_at is not null and u.state <> 'done'), false) as "isDetached"
    from imports i left join units u on u.import_id = i.id where i.id = $1 group by i.id`;

/** As the import goes on, does what its circumstances ask for; only a failure makes a person press *Retry*. */
async function goThrough(
  stage: Stage,
  host: Host,
  mode: Circumstances,
  result: CellResult,
): Promise<ImportStatus | "hung"> {
  const { slot, importId } = stage;
  let isLost = false;
  let isCancelAsked = false;
  let isPauseAsked = false;
  for (const deadline = Date.now() + LIMIT_MS; Date.now() < deadline; await sleep(LOOK_MS)) {
    if (isReached(stage, result)) stage.hurry();
    await host.look();
    const [seen] = await slot.ask<Seen & Record<string, unknown>>(SEEN, [importId]);
    if (!seen) throw new Error("The import has gone.");
    const { status, bytesDone, isDetached } = seen;
    if (result.unanswered.length > 0 && status === "queued") await host.ask({ verb: "view", id: importId });
    if (status === "failed" && result.retried.length < MOST_RETRIES) {
      const { error } = await host.ask({ verb: "view", id: importId });
      result.retried.push(error ? `${error.code}: ${error.what}` : "without a reason");
      await insist(host, result, "retry");
    } else if (hasEnded(status) && !(mode.isCancelled && !result.isReached)) return status;
    if (mode.loseAtBytes !== null && !isLost && bytesDone >= mode.loseAtBytes) {
      isLost = true;
      await loseSnapshot(stage);
    }
    if (mode.pauseAtBytes !== null && !isPauseAsked && bytesDone >= mode.pauseAtBytes) {
      isPauseAsked = true;
      await insist(host, result, "pause");
    } else if (status === "paused") await insist(host, result, "resume");
    if (mode.isCancelled && !isCancelAsked && isDetached) {
      isCancelAsked = true;
      await insist(host, result, "cancel");
    }
  }
  return "hung";
}

/** Whoever presses a button and gets no answer presses it again, but not when the page says that it has been heard. */
async function insist(
  host: Host,
  result: CellResult,
  verb: "start" | "pause" | "resume" | "retry" | "cancel",
): Promise<void> {
  const { slot, importId: id } = host.stage;
  const before = await statusOf(host.stage);
  await slot.engine.ask({ verb, id }).catch(async (error: unknown) => {
    await host.look();
    await host.letBeQuiet();
    const isHeard = (await statusOf(host.stage)) !== before;
    (isHeard ? result.unanswered : result.askedAgain).push(`${verb}: ${messageOf(error)}`);
    if (!isHeard) await slot.engine.ask({ verb, id });
  });
}

async function statusOf({ slot, importId }: Stage): Promise<string | undefined> {
  const [row] = await slot.ask<{ status: string }>("select status from imports where id = $1", [importId]);
  return row?.status;
}

function isReached({ slot }: Stage, result: CellResult): boolean {
  result.isReached ||= slot.engine.struck.includes(failpointInWords(result.cell));
  return result.isReached;
}

/** Nobody holds it any more, and since something has been written, nobody can take it anew. */
async function loseSnapshot({ source, moveSource }: Stage): Promise<void> {
  await moveSource();
  const sessions = "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'ferry %'";
  await query(source.spec, `${sessions} and datname = $1`, [source.spec.database]);
}

const STILL_OPEN = `
  select concat_ws(' ', id, state, 'waits for', waiting_on, 'attempt', attempt, 'lane', lane, 'lease', lease_until - now(),
                   'again', retry_at - now(), error->>'code') as line
    from units where import_id = $1 and state <> 'done' order by id`;

const AT_WORK = `
  select concat_ws(' ', application_name, state, wait_event_type, wait_event, now() - state_change, left(query, 80)) as line
    from pg_stat_activity where datname = $1 and application_name like 'ferry %' order by 1`;

/** What a person would look at: the log, units that are not done, and sessions. */
async function traces({ slot, importId, source, target }: Stage): Promise<string[]> {
  const log =
    "select concat_ws(' ', at::time(3), kind, message) as line from import_events where import_id = $1 order by seq";
  const told = (what: string, rows: { line: string }[]) => rows.map(({ line }) => `${what}: ${line}`);
  return [
    ...told("log", await slot.ask<{ line: string }>(log, [importId])),
    ...told("unit", await slot.ask<{ line: string }>(STILL_OPEN, [importId])),
    ...told("source", await query(source.spec, AT_WORK, [source.spec.database])),
    ...told("target", await query(target.spec, AT_WORK, [target.spec.database])),
  ];
}
