import type { Archive, ArchiveEntry } from "../archive";
import { entrySubject } from "../entry-facts";
import type { Ownership, Verdict } from "../policy/context";
import { type Comparable, expectedEntries, foundEntries } from "./comparable";
import { lineDifference } from "./line-difference";

export interface SchemaDifference {
  difference: "missing" | "extra" | "different";
  kind: string;
  subject: string;
  /** Lines that differ, the source's after `-` and the target's after `+`. */
  detail: string;
  /** Why this was to be expected; null for a difference that is a failure. */
  byDesign: string | null;
}

export interface CompareOptions {
  /** What the policy decided about the source's entries; without them every entry is expected as it is. */
  verdicts?: readonly Verdict[];
  ownership: Ownership;
  /** Schemas of the target that are not the import's. */
  ignoredSchemas: readonly string[];
  /** Roles of the target that belong to its provider: what these grant by default was there before. */
  ignoredRoles?: readonly string[];
  /** Schemas of the source whose objects were moved, with where to. */
  movedSchemas?: Readonly<Record<string, string>>;
}

/**
 * What differs between a source and what an import made of it. Pure. The order of entries means nothing, and neither
 * do ways of writing that differ between versions of the server.
 */
export function compareArchives(source: Archive, target: Archive, options: CompareOptions): SchemaDifference[] {
  const found = byKey(foundEntries(target, options));
  const differences: SchemaDifference[] = [];
  for (const [key, wanted] of byKey(expectedEntries(source, options))) {
    differences.push(...compareGroup(wanted, found.get(key) ?? []));
    found.delete(key);
  }
  const extra = [...found.values()].flat();
  return [...differences, ...extra.map((one) => difference("extra", one.entry, lineDifference("", one.shown), null))];
}

function byKey(list: readonly Comparable[]): Map<string, Comparable[]> {
  const groups = new Map<string, Comparable[]>();
  for (const one of list) {
    const group = groups.get(one.key);
    if (group) group.push(one);
    else groups.set(one.key, [one]);
  }
  return groups;
}

/** Entries of one name: grants on an object may be several. Equal ones are paired first, then the rest in order. */
function compareGroup(wanted: readonly Comparable[], found: readonly Comparable[]): SchemaDifference[] {
  const left = [...found];
  const unpaired = wanted.filter((one) => {
    const equal = left.findIndex((other) => isSame(one, other) && isOwnedAs(one, other));
    if (equal !== -1) left.splice(equal, 1);
    return equal === -1;
  });
  const differences = unpaired.map((one) => {
    const other = left.shift();
    return other
      ? difference("different", one.entry, changed(one, other), one.byDesign)
      : difference("missing", one.entry, lineDifference(one.shown, ""), one.byDesign);
  });
  return [...differences, ...left.map((one) => difference("extra", one.entry, lineDifference("", one.shown), null))];
}

const isSame = (one: Comparable, other: Comparable): boolean => one.shown === other.shown || one.text === other.text;

const isOwnedAs = (wanted: Comparable, found: Comparable): boolean =>
  wanted.owner === null || wanted.owner === found.owner;

function changed(wanted: Comparable, found: Comparable): string {
  const lines = isSame(wanted, found) ? [] : [lineDifference(wanted.shown, found.shown)];
  if (!isOwnedAs(wanted, found)) lines.push(`- owner: ${wanted.owner}`, `+ owner: ${found.owner}`);
  return lines.join("\n");
}

function difference(
  what: SchemaDifference["difference"],
  entry: ArchiveEntry,
  detail: string,
  byDesign: string | null,
): SchemaDifference {
  return { difference: what, kind: entry.kind, subject: entrySubject(entry), detail, byDesign };
}
