import type { RunFilter, RunStatus } from "@/lib/embedded/runs";

export const runStatuses: readonly RunStatus[] = ["running", "completed", "failed", "cancelled"];

/** What of the runs is shown, as the address says it. */
export type RunChoice = Pick<RunFilter, "status" | "functionId" | "before">;

export type Asked = Readonly<Record<string, string | string[] | undefined>>;

/** Ids are letters and digits; a database takes not every other character. */
export const isRunId = (text: string) => /^\w{1,64}$/.test(text);

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** Pure. What makes no sense counts as not said. */
export function readChoice(asked: Asked): RunChoice {
  const functionId = one(asked.function);
  const before = one(asked.before);
  return {
    status: runStatuses.find((status) => status === one(asked.status)),
    functionId: functionId && /^[\w.-]{1,200}$/.test(functionId) ? functionId : undefined,
    before: before && isRunId(before) ? before : undefined,
  };
}

/** The address that says it. */
export function choiceAddress({ status, functionId, before }: RunChoice): string {
  const query = new URLSearchParams();
  if (status) query.set("status", status);
  if (functionId) query.set("function", functionId);
  if (before) query.set("before", before);
  return query.size === 0 ? "/runs" : `/runs?${query}`;
}
