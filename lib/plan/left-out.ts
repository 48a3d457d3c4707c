import { entryTitle } from "@/lib/schema/entry-facts";
import type { Action, Verdict } from "@/lib/schema/policy/context";

/** An object that does not come along, or not as it was. */
export interface ObjectNote {
  object: string;
  reason: string;
}

/** What the policy does so with, each object with its reason. */
export function objectsWith(action: Action, verdicts: readonly Verdict[]): ObjectNote[] {
  return verdicts
    .filter((verdict) => verdict.action === action)
    .map(({ entry, reason }) => ({ object: entryTitle(entry), reason: reason ?? "left out" }));
}

const SHOWN = 5;

/** One line about several: none hides behind another. */
export function notesInWords(notes: readonly ObjectNote[]): string {
  const words = notes.slice(0, SHOWN).map(({ object, reason }) => `${object}: ${reason}`);
  const more = notes.length > SHOWN ? `; and ${notes.length - SHOWN} more` : "";
  return words.join("; ") + more;
}

export interface NoteGroup {
  reason: string;
  objects: string[];
}

/** Objects with the same reason together, the largest group first. */
export function groupNotes(notes: readonly ObjectNote[]): NoteGroup[] {
  const groups = new Map<string, string[]>();
  for (const { object, reason } of notes) {
    const group = groups.get(reason);
    if (group) group.push(object);
    else groups.set(reason, [object]);
  }
  const list = [...groups].map(([reason, objects]) => ({ reason, objects }));
  return list.sort((left, right) => right.objects.length - left.objects.length);
}
