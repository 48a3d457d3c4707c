import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@/lib/errors/ferry-error";
import type { Arena, Slot } from "./arena";
import { hasCome, type RunPlan, type Seen, type Strike } from "./draw";
import { faultNamed, type Hit } from "./faults";
import { seeded } from "./random";
import { type End, openStage, type Stage, watch } from "./stage";
import { rowsWritten, wrongs } from "./verdict";

const END_LIMIT_MS = 90_000;
const IN_WAIT_MS = 5_000;
const LOOK_MS = 50;

export interface Struck {
  fault: string;
  /** Null when there was nothing to hit, or when the import ended before. */
  hit: Hit;
}

export interface RunResult {
  plan: RunPlan;
  tookMs: number;
  seen: Seen;
  struck: Struck[];
  /** Why it had to be retried by hand. */
  retried: string | null;
  /** Kinds of lines in the import's log: what the faults did to it. */
  events: string[];
  wrongs: string[];
}

/** One import from its start to its verdict, with the faults of its plan. */
export async function runOnce(arena: Arena, slot: Slot, plan: RunPlan): Promise<RunResult> {
  const result: RunResult = {
    ...{ plan, tookMs: 0, struck: [], retried: null, events: [], wrongs: [] },
    seen: { elapsedMs: 0, unitsDone: 0, bytesDone: 0, connections: 0 },
  };
  const stumble = (error: unknown) => void result.wrongs.push(`the suite stumbled: ${messageOf(error)}`);
  try {
    const stage = await openStage(arena, slot, plan);
    await play(arena, stage, result).catch(stumble);
    // What hangs would not let go of its databases; after this the slot is not used again.
    if (result.wrongs.length > 0) await slot.engine.kill();
    await stage.close();
  } catch (error) {
    stumble(error);
  }
  if (result.wrongs.length > 0 && slot.engine.words) result.wrongs.push(`engine: ${slot.engine.words.trim()}`);
  return result;
}

async function play(arena: Arena, stage: Stage, result: RunResult): Promise<void> {
  const { importId, slot, source } = stage;
  const before = await rowsWritten(arena, source);
  const startedAt = performance.now();
  await slot.engine.ask({ verb: "start", id: importId });
  const end = await goThrough(stage, result);
  result.tookMs = performance.now() - startedAt;
  result.wrongs.push(...(end === "hung" ? ["it did not end"] : await wrongs(arena, stage, before)));
  const { events } = await slot.engine.ask({ verb: "view", id: importId });
  result.events = events.map(({ kind }) => kind);
  if (result.wrongs.length > 0) result.wrongs.push(...events.map(({ kind, message }) => `log: ${kind} ${message}`));
}

async function goThrough(stage: Stage, result: RunResult): Promise<End> {
  const end = await undergo(stage, result);
  if (end !== "failed") return end;
  // What a person would do who reads the reason. No fault of these asks for it, so it is told.
  const { error } = await stage.slot.engine.ask({ verb: "view", id: stage.importId });
  result.retried = error ? `${error.code}: ${error.what}` : "without a reason";
  await stage.slot.engine.ask({ verb: "retry", id: stage.importId });
  return watch(stage, END_LIMIT_MS, () => {});
}

/** Watches the import and strikes when the moments come, to its end. What comes after the last one need not be slow. */
async function undergo(stage: Stage, { plan, struck, seen, wrongs: found }: RunResult): Promise<End> {
  let waiting = [...plan.strikes];
  const strikes: Promise<void>[] = [];
  const ended = new AbortController();
  const strikeNow = async (strike: Strike) => {
    if (plan.sourceMoves) await stage.moveSource();
    const hit = await hitSomething(stage, strike, ended.signal);
    struck.push({ fault: strike.fault, hit });
    if (struck.length === plan.strikes.length) stage.hurry();
  };
  const end = await watch(stage, END_LIMIT_MS, (now) => {
    Object.assign(seen, now);
    const come = waiting.filter((strike) => hasCome(strike, now));
    waiting = waiting.filter((strike) => !come.includes(strike));
    for (const strike of come) {
      strikes.push(
        strikeNow(strike).catch((error) => void found.push(`${strike.fault} stumbled: ${messageOf(error)}`)),
      );
    }
  });
  ended.abort();
  await Promise.all(strikes);
  struck.push(...waiting.map(({ fault }) => ({ fault, hit: null })));
  return end;
}

/** Where there is nothing to hit just now, it lies in wait. */
async function hitSomething(stage: Stage, { fault, seed }: Strike, ended: AbortSignal): Promise<Hit> {
  const { strike } = faultNamed(fault);
  const random = seeded(seed);
  for (const deadline = Date.now() + IN_WAIT_MS; ; await sleep(LOOK_MS)) {
    const hit = await strike(stage, random);
    if (hit !== null || ended.aborted || Date.now() > deadline) return hit;
  }
}
