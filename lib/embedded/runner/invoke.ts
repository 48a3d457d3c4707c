import type { PoolClient } from "pg";
import { ulid } from "ulid";
import * as z from "zod";
import { isRace, nameOf, type Operation } from "./protocol";
import { continueRun, recordStep } from "./record-step";
import { startRun } from "./start-run";
import { findFunction } from "./store/functions";
import type { LockedRun } from "./store/runs";
import { INVOKED } from "./triggers";

const options = z.looseObject({
  function_id: z.string(),
  payload: z.looseObject({ data: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});

/** Starts the run that a step invokes; when it ends, its outcome becomes the step's. */
export async function startInvokedRun(client: PoolClient, run: LockedRun, operation: Operation): Promise<void> {
  const { function_id: functionId, payload } = options.parse(operation.opts);
  const config = await findFunction(client, functionId);
  if (!config) return refuse(client, run, operation, `could not find function with ID: ${functionId}`);
  const id = ulid();
  const origin = { fn_id: functionId, correlation_id: `${run.id}.${operation.id}` };
  const event = {
    user: {},
    ...payload,
    id,
    name: INVOKED,
    ts: Date.now(),
    data: { ...payload?.data, _inngest: origin },
  };
  const parent = { runId: run.id, stepId: operation.id };
  const started = await startRun(client, config, { internalId: id, body: event }, parent);
  if (!started) await refuse(client, run, operation, "invoked function is rate limited");
}

async function refuse(client: PoolClient, run: LockedRun, operation: Operation, message: string): Promise<void> {
  const memo = JSON.stringify({ error: { name: "Error", message } });
  const { id, op } = operation;
  await recordStep(client, run, { id, op, name: nameOf(operation), memo, attempts: 1, startedAt: null });
  await continueRun(client, run, isRace(operation));
}
