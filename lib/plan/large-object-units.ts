import type { LargeObjects } from "@/lib/source/large-objects";
import { checksumCost, copyCost, scanCost } from "./cost";
import { inChunks } from "./data-units";
import type { OidRange, Unit } from "./unit";

/** Units whose objects are compared in one, where that reads only how long each is. */
const COMPARED_TOGETHER = 20;

export type ObjectsToPlan = Pick<LargeObjects, "bytes" | "starts">;

/** Open at both ends, even where there is none: one that is made before a later snapshot belongs to a range too. */
function oidRanges(starts: number[]): OidRange[] {
  return [0, ...starts.slice(1)].map((from, index) => ({ from, to: starts[index + 1] ?? null }));
}

const titled = (index: number, count: number) => (count === 1 ? "large objects" : `large objects, part ${index + 1}`);

/** Every oid in exactly one unit. How long single objects are is looked up when their unit is begun. */
export function largeObjectUnits({ bytes, starts }: ObjectsToPlan, dependsOn: string[]): Unit[] {
  return oidRanges(starts).map((range, index, { length }) => ({
    id: `large-objects:${index + 1}`,
    subject: titled(index, length),
    cost: copyCost(bytes / length, 1),
    dependsOn,
    payload: { kind: "large-objects", part: { range, bytes: null } },
  }));
}

/** Compares ranges of neighbours, each when all of it is there. */
export function largeObjectComparisons(units: Unit[], bytes: number, checksums: boolean): Unit[] {
  const groups = inChunks(units, checksums ? 1 : COMPARED_TOGETHER);
  return groups.map((group, index) => {
    const ranges = group.flatMap(({ payload }) => (payload.kind === "large-objects" ? [payload.part.range] : []));
    return {
      id: `verify:large-objects:${index + 1}`,
      subject: titled(index, groups.length),
      cost: (checksums ? checksumCost : scanCost)(bytes / groups.length, group.length),
      dependsOn: group.map(({ id }) => id),
      payload: {
        kind: "verify",
        tables: [],
        largeObjects: { from: ranges[0]?.from ?? 0, to: ranges.at(-1)?.to ?? null },
        ...(checksums && { checksums }),
      },
    };
  });
}
