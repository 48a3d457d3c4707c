import { holds } from "./expressions";
import type { EventBody, FunctionConfig } from "./protocol";

const PREFIX = "inngest/";

/** `app/user.created` also starts functions on `app/*` and `app/user.*`. */
export function patternsFor(eventName: string): string[] {
  const patterns = [eventName];
  for (const separator of ["/", "."]) {
    const parts = eventName.split(separator);
    for (let count = 1; count < parts.length; count++) {
      patterns.push(`${parts.slice(0, count).join(separator)}${separator}*`);
    }
  }
  return patterns;
}

/** The functions that have a trigger of this name, whatever its condition. */
export function triggeredBy(eventName: string, functions: FunctionConfig[]): FunctionConfig[] {
  const patterns = new Set(patternsFor(eventName));
  return functions.filter(({ triggers }) => triggers.some(({ event }) => event && patterns.has(event)));
}

/** The functions an event starts, each once however many of its triggers match. */
export function startedBy(event: EventBody, functions: FunctionConfig[]): FunctionConfig[] {
  const patterns = new Set(patternsFor(event.name));
  return functions.filter(({ triggers }) =>
    triggers.some((trigger) => trigger.event && patterns.has(trigger.event) && holds(trigger.expression, { event })),
  );
}

/** Names that only the engine may send. */
export function isReserved(eventName: string): boolean {
  return eventName.toLowerCase().startsWith(PREFIX);
}

export const INVOKED = `${PREFIX}function.invoked`;
export const FINISHED = `${PREFIX}function.finished`;
export const FAILED = `${PREFIX}function.failed`;
export const CANCELLED = `${PREFIX}function.cancelled`;
