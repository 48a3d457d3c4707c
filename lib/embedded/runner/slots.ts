import { computed } from "./expressions";
import { concurrencyRulesOf, type EventBody, type FunctionConfig } from "./protocol";

/** A place that a call takes while it runs: no more than `limit` calls hold the same key at once. */
export interface Slot {
  key: string;
  limit: number;
}

/** The slots every call of a run needs. Limits bound calls, not runs: a run that sleeps holds none. */
export function slotsFor(config: FunctionConfig, event: EventBody): Slot[] {
  return concurrencyRulesOf(config)
    .filter(({ limit }) => limit > 0)
    .map(({ limit, key, scope }) => {
      const owner = scope === undefined || scope === "fn" ? `fn ${config.id}` : scope;
      const value = key === undefined ? "" : ` ${keyText(computed(key, { event }))}`;
      return { key: `${owner}${key === undefined ? "" : ` ${key}`}${value}`, limit };
    });
}

/** A text that is equal exactly for equal values; missing ones are all the same. */
export function keyText(value: unknown): string {
  return JSON.stringify(value) ?? "null";
}

/** A call that waits, with how many calls hold each of its slots now. */
export interface Candidate {
  id: string;
  slots: (Slot & { held: number })[];
}

/** Those that may start together, first come first served. */
export function admit(candidates: Candidate[], free: number): string[] {
  const taken = new Map<string, number>();
  const admitted: string[] = [];
  for (const { id, slots } of candidates) {
    if (admitted.length >= free) break;
    if (slots.some(({ key, limit, held }) => held + (taken.get(key) ?? 0) >= limit)) continue;
    for (const { key } of slots) taken.set(key, (taken.get(key) ?? 0) + 1);
    admitted.push(id);
  }
  return admitted;
}
