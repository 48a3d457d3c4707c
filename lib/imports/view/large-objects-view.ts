import type { LargeObjectsView } from ".";
import type { UnitRow } from "./unit-row";

/** What has come of the large objects, from the units that bring them. Pure. */
export function largeObjectsView(units: UnitRow[]): LargeObjectsView | null {
  const own = units.filter(({ kind }) => kind === "large-objects");
  const objects = own.reduce((sum, { rowsDone }) => sum + rowsDone, 0);
  const bytes = own.reduce((sum, { bytesDone }) => sum + bytesDone, 0);
  // Where they are wanted there is a unit even if there are none: a later snapshot may show some.
  if (own.length === 0 || (own.length === 1 && objects + bytes === 0)) return null;
  return {
    objects,
    bytes,
    partsDone: own.filter(({ state }) => state === "done").length,
    parts: own.length,
  };
}
