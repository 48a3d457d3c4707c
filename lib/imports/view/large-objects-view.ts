import type { LargeObjectsView } from ".";
import type { UnitRow } from "./unit-row";

/** What has come of the large objects, from the units that bring them. Pure. */
export function largeObjectsView(units: UnitRow[]): LargeObjectsView | null {
  const own = units.filter(({ kind }) => kind === "large-objects");
  if (own.length === 0) return null;
  return {
    objects: own.reduce((sum, { rowsDone }) => sum + rowsDone, 0),
    bytes: own.reduce((sum, { bytesDone }) => sum + bytesDone, 0),
    partsDone: own.filter(({ state }) => state === "done").length,
    parts: own.length,
  };
}
