import { expect, it } from "vitest";
import type { LargeObjectsView } from ".";
import { largeObjectsView } from "./large-objects-view";
import { aUnit } from "./unit-arbitraries";
import type { UnitRow } from "./unit-row";

const unit = (more: Partial<UnitRow> = {}) => aUnit({ kind: "large-objects", ...more });
const copy = aUnit({ kind: "copy", state: "done", rowsDone: 7, bytesDone: 70 });

it.each<[string, UnitRow[], LargeObjectsView | null]>([
  ["none are wanted", [copy], null],
  ["there is none", [copy, unit({ state: "done" })], null],
  [
    "some are on their way",
    [copy, unit({ state: "done", rowsDone: 1_000, bytesDone: 5 }), unit({ state: "running", bytesDone: 6 }), unit()],
    { objects: 1_000, bytes: 11, partsDone: 1, parts: 3 },
  ],
  [
    "one has arrived that is empty",
    [unit({ state: "done", rowsDone: 1 })],
    { objects: 1, bytes: 0, partsDone: 1, parts: 1 },
  ],
])("where %s", (_what, units, expected) => {
  expect(largeObjectsView(units)).toEqual(expected);
});
