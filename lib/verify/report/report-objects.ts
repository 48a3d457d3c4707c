import type { ObjectNote } from "@/lib/plan/left-out";
import { isCarried, type Verdict } from "@/lib/schema/policy/context";
import type { ObjectDifference } from "../structure/compare-objects";
import type { ReportObjects } from "./report-schema";

interface ComparedObjects {
  verdicts: readonly Verdict[];
  leftOut: readonly ObjectNote[];
  states: ReportObjects["states"];
  differences: readonly ObjectDifference[];
}

/** Entries that say something of another one, and are no object themselves. */
const ADDED = new Set(["ROLE", "OWNER"]);

/** What was compared object by object, by kind, and what differs. Pure. */
export function reportObjects({ verdicts, leftOut, states, differences }: ComparedObjects): ReportObjects {
  const counts = new Map<string, number>();
  for (const { entry, action } of verdicts) {
    if (!isCarried(action) || ADDED.has(entry.kind)) continue;
    const kind = entry.kind.toLowerCase();
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const kinds = [...counts].map(([kind, count]) => ({ kind, count }));
  return {
    kinds: kinds.sort((left, right) => right.count - left.count || left.kind.localeCompare(right.kind)),
    states,
    differences: differences
      .filter(({ byDesign }) => byDesign === null)
      .map(({ byDesign: _, ...difference }) => difference),
    byDesign: differences.flatMap(({ byDesign, ...difference }) =>
      byDesign === null ? [] : [{ ...difference, reason: byDesign }],
    ),
    leftOut: [...leftOut],
  };
}
