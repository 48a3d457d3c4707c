import { setTimeout as sleep } from "node:timers/promises";
import { pick, type Random } from "./random";
import type { Stage } from "./stage";

const LONGEST_MS = 3_000;
const POLL_MS = 30;

export interface RunningUnit {
  id: string;
  subject: string;
  attempt: number;
  epoch: number;
  run: number;
}

export async function runningUnit({ importId, slot }: Stage, random: Random): Promise<RunningUnit | null> {
  const units = await slot.ask<RunningUnit>(
    `select u.id, u.subject, u.attempt, i.epoch, i.run from units u join imports i on i.id = u.import_id
      where u.import_id = $1 and u.state = 'running' order by u.id`,
    [importId],
  );
  // What is done twice shows there: a whole table is mostly emptied before it is filled.
  const pieces = units.filter(({ id }) => id.includes("/"));
  return units.length > 0 ? pick(random, pieces.length > 0 ? pieces : units) : null;
}

/** Its holder renews the lease each second, so it is taken again and again until somebody else has the unit. */
export async function loseLease({ importId, slot }: Stage, { id, attempt }: RunningUnit): Promise<boolean> {
  for (const deadline = Date.now() + LONGEST_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    const held = await slot.ask(
      `update units set lease_until = now() - interval '1 second'
        where import_id = $1 and id = $2 and attempt = $3 and state = 'running' returning id`,
      [importId, id, attempt],
    );
    if (held.length === 0) break;
  }
  const taken = "select 1 from units where import_id = $1 and id = $2 and attempt > $3";
  return (await slot.ask(taken, [importId, id, attempt])).length > 0;
}
