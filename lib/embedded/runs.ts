import { database } from "@/lib/db/client";
import {
  childCounts,
  childRuns,
  functionIds,
  listRuns,
  type RunDetail,
  type RunFilter,
  type RunSummary,
  runDetail,
  runSummary,
} from "./runner/listing";

export type { RunDetail, RunFilter, RunStatus, RunSummary, StepSummary } from "./runner/listing";

/** A run with the newest of those that it started. */
export interface RunFamily {
  run: RunSummary;
  children: RunSummary[];
  childCount: number;
}

export interface RunList {
  families: RunFamily[];
  /** From where the next page goes on; null on the last one. */
  nextBefore: string | null;
  functionIds: string[];
}

const RUNS_PER_PAGE = 40;
const CHILDREN_IN_LIST = 16;
const CHILDREN_OF_ONE = 200;

/** What the embedded runner has done and does, newest first. With a filter every run stands for itself. */
export async function findRuns(filter: Pick<RunFilter, "status" | "functionId" | "before">): Promise<RunList> {
  const pool = database().$client;
  const rootsOnly = filter.status === undefined && filter.functionId === undefined;
  const [found, functions] = await Promise.all([
    listRuns(pool, { ...filter, rootsOnly, limit: RUNS_PER_PAGE + 1 }),
    functionIds(pool),
  ]);
  const runs = found.slice(0, RUNS_PER_PAGE);
  const ids = rootsOnly ? runs.map(({ id }) => id) : [];
  const [children, counts] = await Promise.all([childRuns(pool, ids, CHILDREN_IN_LIST), childCounts(pool, ids)]);
  return {
    families: runs.map((run) => ({
      run,
      children: children.filter(({ parentRunId }) => parentRunId === run.id),
      childCount: counts.get(run.id) ?? 0,
    })),
    nextBefore: found.length > RUNS_PER_PAGE ? (runs.at(-1)?.id ?? null) : null,
    functionIds: functions,
  };
}

export interface FoundRun {
  run: RunDetail;
  parent: RunSummary | null;
  children: RunSummary[];
  childCount: number;
}

/** One run with its steps and its relatives; null when there is none of that id, or none any more. */
export async function findRun(id: string): Promise<FoundRun | null> {
  const pool = database().$client;
  const run = await runDetail(pool, id);
  if (!run) return null;
  const [parent, children, counts] = await Promise.all([
    run.parentRunId === null ? null : runSummary(pool, run.parentRunId),
    childRuns(pool, [id], CHILDREN_OF_ONE),
    childCounts(pool, [id]),
  ]);
  return { run, parent, children, childCount: counts.get(id) ?? 0 };
}
