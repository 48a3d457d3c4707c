import type { Pool } from "pg";
import { messageOf } from "@/lib/errors/ferry-error";
import { holds, loadExpressions, startsByExpression } from "./expressions";
import { finishRun } from "./finish";
import type { EventBody } from "./protocol";
import { continueRun, recordStep } from "./record-step";
import { startRun } from "./start-run";
import { type ClaimedEvent, claimEvents, endWait, markDelivered, type Waiting, waitsFor } from "./store/events";
import { presentFunctions } from "./store/functions";
import { lockRun } from "./store/runs";
import { inTransaction, mayPass } from "./store/transaction";
import { startedBy, triggeredBy } from "./triggers";

const BATCH = 50;

/** Delivers what is undelivered, in the order of arrival. */
export async function deliverEvents(
  pool: Pool,
  { log, ...claim }: { leaseMs: number; runnerId: string; log: (line: string) => void },
): Promise<void> {
  for (const event of await claimEvents(pool, { limit: BATCH, ...claim })) await deliver(pool, event, log);
}

/**
 * Starts runs, then ends waits, then marks the event, each in a transaction of its own: a runner that dies
 * between them leaves an event that is delivered again, and every part happens once however often it is tried.
 * What can never work is told and left out, or it would keep everything behind it from being delivered.
 */
async function deliver(pool: Pool, event: ClaimedEvent, log: (line: string) => void): Promise<void> {
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      if (mayPass(error)) throw error;
      log(`Event ${event.internalId} (${event.body.name}) could not ${what}: ${messageOf(error)}`);
    }
  };
  const functions = triggeredBy(event.body.name, await presentFunctions(pool));
  if (functions.some(startsByExpression)) await loadExpressions();
  for (const config of startedBy(event.body, functions)) {
    await attempt(`start ${config.id}`, () => inTransaction(pool, (client) => startRun(client, config, event)));
  }
  const waits = await waitsFor(pool, event);
  if (waits.some(({ condition }) => condition !== null)) await loadExpressions();
  for (const waiting of waits) {
    if (!isFor(waiting, event.body)) continue;
    await attempt(`go to run ${waiting.runId}`, () => release(pool, waiting, event.body));
  }
  await markDelivered(pool, event);
}

function isFor({ condition, events }: Waiting, incoming: EventBody): boolean {
  if (condition === null) return true;
  const [trigger] = JSON.parse(events) as EventBody[];
  return holds(condition, { event: trigger, async: incoming }, "null");
}

async function release(pool: Pool, { runId, id }: Waiting, event: EventBody): Promise<void> {
  await inTransaction(pool, async (client) => {
    const run = await lockRun(client, runId);
    const wait = run && (await endWait(client, runId, id));
    if (!run || !wait) return;
    if (wait.stepId === null) return finishRun(client, run, { status: "cancelled" });
    const memo = JSON.stringify({ data: event });
    const { stepId, name, isRace } = wait;
    await recordStep(client, run, { id: stepId, op: "WaitForEvent", name, memo, attempts: 1, startedAt: null });
    await continueRun(client, run, isRace);
  });
}
