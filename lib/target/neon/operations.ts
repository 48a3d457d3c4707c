import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { FerryError } from "@/lib/errors/ferry-error";
import { type Operation, operationShape, operationsShape } from "./answers";
import type { NeonApi } from "./api";

const FIRST_POLL_MS = 150;
const LONGEST_POLL_MS = 3_000;
/** Enough for those of one branch that was made a moment ago. */
const LAST_OPERATIONS = 200;

const UNDER_WAY: ReadonlySet<string> = new Set(["scheduling", "running", "cancelling"]);
const DONE: ReadonlySet<string> = new Set(["finished", "skipped"]);
/** Neon may try one again that has failed: so long it is given the chance. */
const FAILED: ReadonlySet<string> = new Set(["failed", "error"]);
const FAILED_PATIENCE_MS = 6_000;

/** Waits until each has ended, looking less and less often. One that fails, or does not end in time, is an error. */
export async function awaitOperations(api: NeonApi, projectId: string, operations: Operation[]): Promise<void> {
  for (const begun of operations) {
    let operation = begun;
    let failedAt: number | null = null;
    for (let waitMs = FIRST_POLL_MS; ; waitMs = Math.min(waitMs * 1.5, LONGEST_POLL_MS)) {
      failedAt = FAILED.has(operation.status) ? (failedAt ?? Date.now()) : null;
      const isGivenUp = failedAt !== null && Date.now() - failedAt > FAILED_PATIENCE_MS;
      if (isGivenUp || !(failedAt !== null || UNDER_WAY.has(operation.status))) break;
      if (api.leftMs() < waitMs) throw new FerryError("neon.operation_slow", slowness(operation));
      await sleep(waitMs);
      operation = await readOperation(api, projectId, begun.id);
    }
    refuseFailed(operation);
  }
}

/** The same for what an earlier attempt has asked for in this branch and did not live to wait for. */
export async function settleBranch(api: NeonApi, projectId: string, branchId: string): Promise<void> {
  const operations = await operationsOf(api, projectId, branchId);
  await awaitOperations(
    api,
    projectId,
    operations.filter(({ status }) => UNDER_WAY.has(status) || FAILED.has(status)),
  );
}

async function operationsOf(api: NeonApi, projectId: string, branchId: string): Promise<Operation[]> {
  const { operations } = await api.read({
    name: "listProjectOperations",
    doing: "list operations",
    project: projectId,
    shape: operationsShape,
    send: (client) => client.listProjectOperations({ projectId, limit: LAST_OPERATIONS }),
  });
  return operations.filter((operation) => operation.branch_id === branchId);
}

async function readOperation(api: NeonApi, projectId: string, operationId: string): Promise<Operation> {
  const { operation } = await api.read({
    name: "getProjectOperation",
    doing: "show an operation",
    shape: z.object({ operation: operationShape }),
    send: (client) => client.getProjectOperation(projectId, operationId),
  });
  return operation;
}

function refuseFailed({ action, status, error }: Operation): void {
  if (UNDER_WAY.has(status) || DONE.has(status)) return;
  throw new FerryError("neon.operation_failed", { action: words(action), reason: error || `it is ${status}` });
}

const slowness = ({ action, created_at }: Operation) => ({
  action: words(action),
  seconds: Math.max(1, Math.round((Date.now() - Date.parse(created_at)) / 1000)),
});

const words = (action: string) => action.replaceAll("_", " ");
