import type { ImportView } from "@/lib/imports/view";

type ListName = "tables" | "lanes" | "events";
const lists: readonly ListName[] = ["tables", "lanes", "events"];

/** The entries of a list that differ, by their place, and how long the list is now. */
export interface ListChange<T> {
  length: number;
  entries: [place: number, entry: T][];
}

/** What is different between two readings of an import: 10,000 tables are not sent again for one that moved. */
export interface ViewChange {
  fields: Partial<Omit<ImportView, ListName>>;
  lists: { [K in ListName]?: ListChange<ImportView[K][number]> };
}

export function diffViews(before: ImportView, after: ImportView): ViewChange {
  const { tables: _t, lanes: _l, events: _e, ...fields } = after;
  const changedFields = Object.entries(fields).filter(
    ([name, value]) => !same(before[name as keyof ImportView], value),
  );
  const change: ViewChange = { fields: Object.fromEntries(changedFields), lists: {} };
  for (const name of lists) {
    const list = diffLists<unknown>(before[name], after[name]);
    if (list) Object.assign(change.lists, { [name]: list });
  }
  return change;
}

/** Entries that did not change stay the same objects, so that their rows need not be drawn again. */
export function applyChange(view: ImportView, change: ViewChange): ImportView {
  const next: ImportView = { ...view, ...change.fields };
  for (const name of lists) {
    const list = change.lists[name] as ListChange<unknown> | undefined;
    if (list) Object.assign(next, { [name]: patchList<unknown>(view[name], list) });
  }
  return next;
}

function diffLists<T>(before: readonly T[], after: readonly T[]): ListChange<T> | null {
  const entries: [number, T][] = [];
  after.forEach((entry, place) => {
    if (place >= before.length || !same(before[place], entry)) entries.push([place, entry]);
  });
  return entries.length === 0 && before.length === after.length ? null : { length: after.length, entries };
}

function patchList<T>(before: readonly T[], change: ListChange<T>): T[] {
  const next = before.slice(0, change.length);
  for (const [place, entry] of change.entries) next[place] = entry;
  return next;
}

/** Equality of plain JSON. */
export function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every(
    (name) =>
      Object.hasOwn(right, name) &&
      same((left as Record<string, unknown>)[name], (right as Record<string, unknown>)[name]),
  );
}
