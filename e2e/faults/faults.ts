import { setTimeout as sleep } from "node:timers/promises";
import { query } from "@/e2e/imports/scene";
import type { TestDatabase } from "@/e2e/servers/test-servers";
import { loseLease, runningUnit } from "./lost-lease";
import { pick, type Random, wholeBelow } from "./random";
import type { Stage } from "./stage";

/** What it hit, in words; null when there was nothing to hit. */
export type Hit = string | null;

export interface Fault {
  name: string;
  strike(stage: Stage, random: Random): Promise<Hit>;
}

/** A new fault is an entry here. */
export const FAULTS: readonly Fault[] = [
  { name: "reset source", strike: async (stage) => reset(stage, ["source"]) },
  { name: "reset target", strike: async (stage) => reset(stage, ["target"]) },
  { name: "reset both", strike: async (stage) => reset(stage, ["source", "target"]) },
  { name: "terminate on source", strike: ({ source }, random) => terminateOne(source, random) },
  { name: "terminate on target", strike: ({ target }, random) => terminateOne(target, random) },
  { name: "kill process", strike: killProcess },
  { name: "lose lease", strike: loseOneLease },
  { name: "do unit twice", strike: doUnitTwice },
  { name: "call step twice", strike: callStepTwice },
];

export function faultNamed(name: string): Fault {
  const found = FAULTS.find((fault) => fault.name === name);
  if (!found) throw new Error(`There is no fault ${name}. There are: ${FAULTS.map((fault) => fault.name).join(", ")}.`);
  return found;
}

function reset({ lines }: Stage, sides: ("source" | "target")[]): Hit {
  const open = sides.map((side) => lines[side].open).reduce((sum, count) => sum + count, 0);
  for (const side of sides) lines[side].cutAll();
  return open > 0 ? `${open} connections` : null;
}

async function terminateOne({ spec }: TestDatabase, random: Random): Promise<Hit> {
  const sessions = await query<{ pid: number; name: string }>(
    spec,
    `select pid, application_name as name from pg_stat_activity
      where datname = $1 and application_name like 'ferry %' order by pid`,
    [spec.database],
  );
  if (sessions.length === 0) return null;
  const { pid, name } = pick(random, sessions);
  const [ended] = await query<{ done: boolean }>(spec, "select pg_terminate_backend($1) as done", [pid]);
  return ended?.done ? name : null;
}

/** The leases of what it held have run out when the next one comes, as if that took long: a run has not so much time. */
async function killProcess({ slot, importId }: Stage, random: Random): Promise<Hit> {
  await slot.engine.replace(async () => {
    await slot.ask(
      "update units set lease_until = lease_until - interval '20 seconds' where import_id = $1 and state = 'running'",
      [importId],
    );
    await slot.ask(
      `update snapshot_holders set heartbeat_at = heartbeat_at - interval '10 seconds'
        where import_id = $1 and released_at is null`,
      [importId],
    );
    await sleep(wholeBelow(random, 500));
  });
  return "the process";
}

/** A lane that works on is taken for dead: another one does its unit too. */
async function loseOneLease(stage: Stage, random: Random): Promise<Hit> {
  const unit = await runningUnit(stage, random);
  return unit && (await loseLease(stage, unit)) ? unit.subject : null;
}

/** The same, and a lane more comes for it at once. */
async function doUnitTwice(stage: Stage, random: Random): Promise<Hit> {
  const { importId, lanes, slot, background } = stage;
  const unit = await runningUnit(stage, random);
  if (!unit) return null;
  const lane = 1 + wholeBelow(random, lanes);
  const { epoch, run } = unit;
  // How it ends is the engine's affair: it may be killed, or torn from its databases by another fault.
  const doubled = slot.engine.ask({ verb: "workLane", importId, run, epoch, lane }).catch(() => null);
  background.push(doubled);
  return (await loseLease(stage, unit)) ? unit.subject : null;
}

/** The step engine takes a call for lost and makes it again, while the first one works on. */
async function callStepTwice({ slot }: Stage, random: Random): Promise<Hit> {
  const calls = await slot.ask<{ id: string; lease: string; name: string }>(
    `select j.id, j.lease_id as lease, concat_ws(' ', r.function_id, j.name) as name
       from ferry_runner.job j join ferry_runner.run r on r.id = j.run_id
      where j.kind = 'call' and j.lease_id is not null order by 3, 1`,
  );
  if (calls.length === 0) return null;
  const { id, lease, name } = pick(random, calls);
  const taken = await slot.ask(
    `update ferry_runner.job set lease_id = null, lease_until = null, runner_id = null
      where id = $1 and lease_id = $2 returning id`,
    [id, lease],
  );
  return taken.length > 0 ? name : null;
}
