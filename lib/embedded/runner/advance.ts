import type { PoolClient } from "pg";
import { type Due, parseDue } from "./duration";
import { startInvokedRun } from "./invoke";
import { isRace, nameOf, type Operation } from "./protocol";
import { continueRun, recordStep } from "./record-step";
import { addJob, type ClaimedJob } from "./store/jobs";
import type { LockedRun } from "./store/runs";
import { memoText } from "./verdict";

const A_YEAR: Due = { inMs: 365 * 86_400_000 };
const NOTHING = JSON.stringify({ data: null });
const INVOKE_TIMED_OUT = JSON.stringify({
  error: {
    name: "InngestInvokeTimeoutError",
    message: "Timed out waiting for invoked function to complete",
  },
});

/**
 * Carries out what a function asked for, in the transaction that locked the run. False when that leaves the
 * run with nothing to wait for and nothing to do.
 */
export async function advance(
  client: PoolClient,
  run: LockedRun,
  job: ClaimedJob,
  operations: Operation[],
  requestVersion: number,
): Promise<boolean> {
  await noteAnswer(client, run, operations, requestVersion);
  let recorded = 0;
  let endsRace = job.isRace;
  for (const operation of inOrder(operations)) {
    const memo = memoText(operation);
    if (memo === null) {
      await begin(client, run, operation);
      continue;
    }
    const { id, op } = operation;
    const step = { id, op, name: nameOf(operation), memo, attempts: job.attempt + 1, startedAt: job.claimedAt };
    recorded += Number(await recordStep(client, run, step));
    endsRace ||= isRace(operation);
  }
  const goesOn = recorded > 0 || operations.some(({ op }) => op === "DiscoveryRequest");
  if (goesOn) await continueRun(client, run, endsRace);
  return goesOn || run.pending.length > 0 || operations.some(isStep);
}

/** A wait must be there before anything that could send its event. */
function inOrder(operations: Operation[]): Operation[] {
  return [...operations].sort((a, b) => Number(b.op === "WaitForEvent") - Number(a.op === "WaitForEvent"));
}

const isStep = ({ op }: Operation) => op !== "None" && op !== "DiscoveryRequest";

/** Steps that begin now are pending; while any is, the function must not run others by itself. */
async function noteAnswer(
  client: PoolClient,
  run: LockedRun,
  operations: Operation[],
  requestVersion: number,
): Promise<void> {
  const begun = operations.filter((operation) => isStep(operation) && memoText(operation) === null).map(({ id }) => id);
  if (begun.length === 0 && run.requestVersion === requestVersion) return;
  const { rows } = await client.query<{ pending: string[] }>(
    `update ferry_runner.run
        set request_version = $3,
            plan_only = plan_only or $4,
            pending = pending || array(
              select begun.id from unnest($2::text[]) as begun (id)
               where not begun.id = any(pending)
                 and not exists (select from ferry_runner.step where step.run_id = run.id and step.id = begun.id)
            )
      where id = $1
  returning pending`,
    [run.id, begun, requestVersion, operations.length > 1],
  );
  run.pending = rows[0]?.pending ?? run.pending;
  run.requestVersion = requestVersion;
}

/** Sets a step going that will be recorded later. One that is recorded or under way already is left alone. */
async function begin(client: PoolClient, run: LockedRun, operation: Operation): Promise<void> {
  const { op, id, opts } = operation;
  if (!run.pending.includes(id)) return;
  const step = { runId: run.id, stepId: id, op, name: nameOf(operation), isRace: isRace(operation) };
  const wake = { ...step, id: `${run.id}:wake:${id}`, kind: "wake" as const };
  const timeout = typeof opts?.timeout === "string" ? (parseDue(opts.timeout) ?? A_YEAR) : A_YEAR;
  switch (op) {
    case "StepPlanned":
      await addJob(client, { ...step, id: `${run.id}:step:${id}`, kind: "call", isLimited: run.isLimited });
      return;
    case "Sleep":
      await addJob(client, { ...wake, wakeMemo: NOTHING, due: parseDue(operation.name ?? "") ?? { inMs: 0 } });
      return;
    case "WaitForEvent":
      await addWait(client, run, operation, timeout);
      await addJob(client, { ...wake, wakeMemo: NOTHING, due: timeout });
      return;
    case "InvokeFunction":
      // Only the answer that adds the job starts the run: two races may both report the step.
      if (await addJob(client, { ...wake, wakeMemo: INVOKE_TIMED_OUT, due: timeout })) {
        await startInvokedRun(client, run, operation);
      }
      return;
  }
}

async function addWait(client: PoolClient, run: LockedRun, operation: Operation, timeout: Due): Promise<void> {
  const { id, opts, name } = operation;
  await client.query(
    `insert into ferry_runner.wait (run_id, id, step_id, name, event_name, condition, is_race, expires_at)
     values ($1, $2, $2, $3, $4, $5, $6, coalesce($7::timestamptz, clock_timestamp() + $8 * interval '1 ms'))
     on conflict do nothing`,
    [
      run.id,
      id,
      nameOf(operation),
      typeof opts?.event === "string" ? opts.event : name,
      typeof opts?.if === "string" ? opts.if : null,
      isRace(operation),
      "at" in timeout ? timeout.at : null,
      "inMs" in timeout ? timeout.inMs : 0,
    ],
  );
}
