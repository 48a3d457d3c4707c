import type { RunDetail, RunFamily, RunStatus, RunSummary, StepSummary } from "@/lib/embedded/runs";
import { redact } from "@/lib/security/redact";

/** A run as the page shows it: times as text, and every word that came from elsewhere without secrets. */
export interface RunView {
  id: string;
  functionId: string;
  status: RunStatus;
  eventName: string;
  stepCount: number;
  activeCalls: number;
  parentRunId: string | null;
  startedAt: string;
  tookMs: number;
}

export interface StepView {
  /** As the address names it; a call that goes on with the run has none of its own. */
  id: string;
  name: string;
  kind: string;
  state: StepSummary["state"];
  attempts: number;
  startedAt: string | null;
  tookMs: number | null;
  /** When it is tried again, or a sleep or a wait ends. */
  dueAt: string | null;
}

const MOST_CHARACTERS = 4_000;

export function runView(run: RunSummary, now: Date): RunView {
  const { id, status, stepCount, activeCalls, parentRunId, createdAt, endedAt } = run;
  return {
    ...{ id, status, stepCount, activeCalls, parentRunId },
    functionId: redact(run.functionId),
    eventName: redact(run.eventName),
    startedAt: createdAt.toISOString(),
    tookMs: (endedAt ?? now).getTime() - createdAt.getTime(),
  };
}

export interface FamilyView {
  run: RunView;
  children: RunView[];
  childCount: number;
}

export const familyView = ({ run, children, childCount }: RunFamily, now: Date): FamilyView => ({
  run: runView(run, now),
  children: children.map((child) => runView(child, now)),
  childCount,
});

const CALL = "call";

export function stepView(step: StepSummary): StepView {
  const { id, op, name, state, attempts, startedAt, endedAt, dueAt } = step;
  return {
    ...{ id: id || CALL, state, attempts },
    name: redact(name ?? (id === "" ? "Goes on with the function" : id)),
    kind: kindWords[op] ?? op,
    startedAt: startedAt?.toISOString() ?? null,
    tookMs: startedAt && endedAt ? endedAt.getTime() - startedAt.getTime() : null,
    dueAt: state === "retrying" || (state === "waiting" && END_KNOWN.has(op)) ? (dueAt?.toISOString() ?? null) : null,
  };
}

/** An invoked run ends when it ends; that a step gives it up after a year is nothing to read. */
const END_KNOWN = new Set(["Sleep", "WaitForEvent"]);

const kindWords: Record<string, string> = {
  StepRun: "Step",
  StepPlanned: "Step",
  StepError: "Step",
  StepFailed: "Step",
  InvokeFunction: "Invoke",
  WaitForEvent: "Wait for event",
};

/** What the step has brought, or what stopped it so far; null while there is nothing to show. */
export function stepOutcome({ memo, lastError }: StepSummary): string | null {
  const text = memo ?? lastError;
  return text === null ? null : shownJson(inside(text));
}

/** The step that is opened: the one asked for, or else the one that somebody looks for, which is what went wrong. */
export function chosenStep({ steps }: Pick<RunDetail, "steps">, asked: string | undefined): StepSummary | null {
  const named = steps.find(({ id }) => (id || CALL) === asked);
  return named ?? steps.find(({ state }) => state === "failed" || state === "retrying") ?? null;
}

/** Of a recorded step what it returned or threw; the last error of one under way is kept as it was said. */
function inside(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return value;
    if ("error" in value) return value.error;
    return "data" in value ? value.data : value;
  } catch {
    return text;
  }
}

/** JSON to be read, without secrets, and cut when it is long. */
export function shownJson(value: unknown): string {
  const text = redact(JSON.stringify(value, null, 2) ?? "null");
  const over = text.length - MOST_CHARACTERS;
  return over <= 0 ? text : `${text.slice(0, MOST_CHARACTERS)}\n… and ${over} more characters`;
}

/** The import that a run is about, as Ferry's own events say. */
export function importOf(events: unknown[]): string | null {
  const [event] = events as { data?: { importId?: unknown; event?: { data?: { importId?: unknown } } } }[];
  // What is told of a failed run has the run's own event inside.
  const id = event?.data?.importId ?? event?.data?.event?.data?.importId;
  return typeof id === "string" && /^\w+$/.test(id) ? id : null;
}
