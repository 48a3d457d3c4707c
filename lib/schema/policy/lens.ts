import type { ArchiveEntry } from "../archive";
import type { EntriesById } from "../entry-facts";
import type { Action, PolicyContext } from "./context";

/** What a rule may look at besides its entry. */
export interface Lens {
  context: PolicyContext;
  byId: EntriesById;
  /** Entries that name this one among their dependencies. */
  dependents: ReadonlyMap<number, readonly ArchiveEntry[]>;
}

/** Why an entry is not simply applied. */
export interface Leaving {
  action: Exclude<Action, "apply" | "rewrite">;
  reason: string;
}

export type LeaveRule = (entry: ArchiveEntry, lens: Lens) => Leaving | null;

export const skip = (reason: string): Leaving => ({ action: "skip", reason });
export const block = (reason: string): Leaving => ({ action: "block", reason });
export const bestEffort = (reason: string): Leaving => ({ action: "best-effort", reason });

export function dependentsOf(entries: readonly ArchiveEntry[]): Map<number, ArchiveEntry[]> {
  const dependents = new Map<number, ArchiveEntry[]>();
  for (const entry of entries) {
    for (const id of new Set(entry.dependencies)) {
      const list = dependents.get(id);
      if (list) list.push(entry);
      else dependents.set(id, [entry]);
    }
  }
  return dependents;
}

/** `a, b, c and 4 more` */
export function fewOf(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
