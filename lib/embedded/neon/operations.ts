import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@/lib/errors/ferry-error";
import { redact } from "@/lib/security/redact";
import type { Misbehaviour, OperationFault } from "./behaviour";
import type { BranchServers } from "./branch-servers";
import { newOperationId } from "./ids";
import { isUnfinished, type OperationAction, type OperationRecord, type ProjectRecord, type Task } from "./records";
import type { StateStore } from "./state-store";
import { doTask } from "./tasks";

const HANG_POLL_MS = 25;
const FAILED = "the operation could not be completed";

export interface PlannedOperation {
  action: OperationAction;
  branchId: string;
  endpointId?: string;
  task: Task;
}

export interface OperationsOptions {
  store: StateStore;
  servers: BranchServers;
  misbehaviour: Misbehaviour;
  log: (line: string) => void;
}

/** Works off each project's operations, one after the other; what was unfinished when a process died is done again. */
export class Operations {
  private readonly working = new Map<string, Promise<void>>();
  private readonly end = new AbortController();

  constructor(private readonly options: OperationsOptions) {}

  /** Adds them to the project's record; they begin with `begin`, when the record is on the disk. */
  plan(project: ProjectRecord, planned: PlannedOperation[]): OperationRecord[] {
    const now = new Date().toISOString();
    const operations = planned.map(({ action, branchId, endpointId, task }, index): OperationRecord => {
      const status = index === 0 ? "running" : "scheduling";
      const where = { branchId, endpointId: endpointId ?? null };
      const times = { createdAt: now, updatedAt: now, tookMs: 0 };
      return { id: newOperationId(), action, ...where, task, status, error: null, failures: 0, ...times };
    });
    project.operations.push(...operations);
    return operations;
  }

  begin(project: ProjectRecord): void {
    if (this.working.has(project.id) || !project.operations.some(isUnfinished)) return;
    const work = this.work(project);
    // A failed operation says so itself; this is the disk refusing the record of it.
    work.catch((error) => this.options.log(`Operations of ${project.id} stop: ${messageOf(error)}`));
    this.working.set(project.id, work);
  }

  /** Until nothing is under way in the project. */
  async whenDone(project: ProjectRecord): Promise<void> {
    await this.working.get(project.id);
  }

  /** Waits for the step that is under way; what has not begun is left for the next start. */
  async stop(): Promise<void> {
    this.end.abort();
    await Promise.allSettled(this.working.values());
  }

  private async work(project: ProjectRecord): Promise<void> {
    try {
      for (let next = project.operations.find(isUnfinished); next; next = project.operations.find(isUnfinished)) {
        if (this.end.signal.aborted) return;
        await this.perform(project, next);
        if (!this.end.signal.aborted) await this.options.store.save();
      }
    } finally {
      // In the same moment as the last look: what is planned later finds nobody at work, and begins.
      this.working.delete(project.id);
    }
  }

  private async perform(project: ProjectRecord, operation: OperationRecord): Promise<void> {
    const { servers, misbehaviour, log, store } = this.options;
    const startedAt = performance.now();
    settle(operation, "running");
    const fault = misbehaviour.ofOperation(operation.action);
    try {
      await this.wait(misbehaviour.operationMs);
      if (fault) await this.misbehave(operation, fault);
      await doTask(servers, project, operation.task);
      settle(operation, "finished");
    } catch (error) {
      if (this.end.signal.aborted) return;
      log(`${operation.action} of ${project.id} failed: ${redact(messageOf(error))}`);
      operation.failures++;
      operation.error = error instanceof PlannedFailure ? FAILED : redact(messageOf(error));
      settle(operation, "failed");
      for (const other of project.operations.filter(isUnfinished)) settle(other, "cancelled");
      await store.save();
    } finally {
      operation.tookMs = Math.round(performance.now() - startedAt);
    }
  }

  private async misbehave(operation: OperationRecord, fault: OperationFault): Promise<void> {
    const { misbehaviour, store } = this.options;
    if (fault.effect === "fail") throw new PlannedFailure();
    if (fault.effect === "fail-once") {
      operation.failures++;
      settle(operation, "failed");
      await store.save();
      await this.wait(Math.max(misbehaviour.operationMs, HANG_POLL_MS));
      return settle(operation, "running");
    }
    while (misbehaviour.isStill(fault)) await this.wait(HANG_POLL_MS);
  }

  private async wait(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.end.signal });
  }
}

class PlannedFailure extends Error {}

function settle(operation: OperationRecord, status: OperationRecord["status"]): void {
  operation.status = status;
  operation.updatedAt = new Date().toISOString();
}
