import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { objectsAtEdges, timesCarried } from "./coverage";
import { largeObjectComparisons, largeObjectUnits } from "./large-object-units";
import { objectsToPlan, oid } from "./plan-arbitraries";
import { type MeasuredObject, type ObjectsToSplit, splitObjects, weightOf } from "./split-objects";
import type { ObjectsPart, UnitPiece } from "./unit";

const MB = 1024 * 1024;

const partOf = ({ payload }: Pick<UnitPiece, "payload">): ObjectsPart => {
  if (payload.kind !== "large-objects") throw new Error(`${payload.kind} brings no large objects.`);
  return payload.part;
};
const toSplit = (unit: UnitPiece): ObjectsToSplit => ({ id: unit.id, subject: unit.subject, part: partOf(unit) });

const isIn = ({ range }: ObjectsPart, id: number) => id >= range.from && (range.to === null || id < range.to);

/** What a snapshot shows has little to do with what the plan knew, or with what another snapshot showed. */
const objects: fc.Arbitrary<MeasuredObject[]> = fc
  .uniqueArray(
    fc.record({
      oid,
      bytes: fc.oneof(fc.constantFrom(0, 1, 2_048, MB - 1, MB, MB + 1), fc.nat(5 * MB), fc.nat(40 * MB)),
    }),
    { maxLength: 8, selector: (object) => object.oid },
  )
  .map((list) => list.sort((left, right) => left.oid - right.oid));

const cut = fc.record({
  which: fc.nat(),
  objects,
  limit: fc.option(fc.nat(12)),
  mostBytes: fc.integer({ min: 4_096, max: 60 * MB }),
});

describe("units of large objects", () => {
  it("bring every oid once, known or not, and compare each once", () => {
    fc.assert(
      fc.property(objectsToPlan, fc.boolean(), (plan, checksums) => {
        const units = largeObjectUnits(plan, ["schema:1"]);
        const parts = units.map(partOf);
        const carried = timesCarried(parts);
        const compared = largeObjectComparisons(units, plan.bytes, checksums).map(({ payload }) => {
          if (payload.kind !== "verify" || !payload.largeObjects) throw new Error("Nothing is compared.");
          return { range: payload.largeObjects, bytes: null };
        });
        const timesCompared = timesCarried(compared);
        const places = [{ oid: 1, byte: 0 }, { oid: 2 ** 32 - 1, byte: 0 }, ...objectsAtEdges(parts)];
        expect(places.filter((place) => carried(place) !== 1 || timesCompared(place) !== 1)).toEqual([]);
        expect(units).toHaveLength(Math.max(1, plan.starts.length));
      }),
    );
  });

  it("cut again and again, whatever they hold by then, still bring every byte of every oid once", () => {
    fc.assert(
      fc.property(objectsToPlan, fc.array(cut, { maxLength: 8 }), (plan, cuts) => {
        let units: UnitPiece[] = largeObjectUnits(plan, []);
        for (const { which, objects: all, limit, mostBytes } of cuts) {
          const unit = units[which % units.length];
          if (!unit) throw new Error("There is no unit.");
          const own = all.filter((object) => isIn(partOf(unit), object.oid));
          const shown = limit === null ? own : own.slice(0, Math.max(1, limit));
          const measured = { objects: shown, restFrom: own[shown.length]?.oid ?? null };
          const pieces = splitObjects(toSplit(unit), measured, mostBytes);
          if (!pieces) continue;
          expect(pieces.length).toBeGreaterThan(1);
          expect(pieces.map(({ id }) => id)).toEqual(pieces.map((_, index) => `${unit.id}/${index + 1}`));
          expect(pieces.every(({ cost }) => Number.isFinite(cost) && cost > 0)).toBe(true);
          units = [...units.filter((other) => other !== unit), ...pieces];
        }
        const parts = units.map(partOf);
        const carried = timesCarried(parts);
        expect(objectsAtEdges(parts).filter((place) => carried(place) !== 1)).toEqual([]);
        expect(new Set(units.map(({ id }) => id)).size).toBe(units.length);
        // Two units that write to one object never write to one page of it.
        expect(parts.every(({ bytes }) => bytes === null || bytes.from % MB === 0)).toBe(true);
        expect(parts.every(({ range, bytes }) => bytes === null || (range.to ?? 2 ** 32) - range.from === 1)).toBe(
          true,
        );
      }),
      { numRuns: 150 },
    );
  });

  it("halved whenever they do not fit come to an end at one object, or one megabyte of it", () => {
    const all: MeasuredObject[] = [10, 11, 12, 500].map((id) => ({ oid: id, bytes: id === 11 ? 9 * MB + 5 : 100 }));
    const open: UnitPiece[] = largeObjectUnits({ bytes: 0, starts: [10] }, []);
    const smallest: ObjectsPart[] = [];
    for (let unit = open.pop(); unit; unit = open.pop()) {
      const part = partOf(unit);
      const own = all.filter((object) => isIn(part, object.oid));
      const pieces = splitObjects(toSplit(unit), { objects: own, restFrom: null }, weightOf(part, own) / 2);
      if (pieces) open.push(...pieces);
      else smallest.push(part);
    }
    const byBytes = smallest.filter(({ bytes }) => bytes !== null);
    expect(byBytes).toHaveLength(10);
    expect(smallest.every((part) => all.filter((object) => isIn(part, object.oid)).length <= 1)).toBe(true);
  });
});

describe("a unit that is cut", () => {
  const unit = (part: ObjectsPart): ObjectsToSplit => ({ id: "large-objects:1", subject: "large objects", part });
  const all: ObjectsPart = { range: { from: 0, to: null }, bytes: null };

  it.each<[string, ObjectsPart, MeasuredObject[], number | null, number, unknown]>([
    ["nothing in it", all, [], null, MB, null],
    ["one small object", all, [{ oid: 7, bytes: 5 }], null, 2, null],
    [
      "two objects",
      all,
      [
        { oid: 7, bytes: 5 },
        { oid: 9, bytes: 5 },
      ],
      null,
      8_200,
      [
        { range: { from: 0, to: 9 }, bytes: null },
        { range: { from: 9, to: null }, bytes: null },
      ],
    ],
    [
      "one that is too large",
      all,
      [{ oid: 7, bytes: 2 * MB + 1 }],
      null,
      MB,
      [
        { range: { from: 0, to: 7 }, bytes: null },
        { range: { from: 7, to: 8 }, bytes: { from: 0, to: MB } },
        { range: { from: 7, to: 8 }, bytes: { from: MB, to: 2 * MB } },
        { range: { from: 7, to: 8 }, bytes: { from: 2 * MB, to: null } },
        { range: { from: 8, to: null }, bytes: null },
      ],
    ],
    [
      "more than were looked at",
      all,
      [{ oid: 7, bytes: 5 }],
      8,
      MB,
      [
        { range: { from: 0, to: 8 }, bytes: null },
        { range: { from: 8, to: null }, bytes: null },
      ],
    ],
    [
      "the last bytes of one that has become shorter",
      { range: { from: 7, to: 8 }, bytes: { from: 4 * MB, to: null } },
      [{ oid: 7, bytes: 5 }],
      null,
      MB,
      null,
    ],
    [
      "the last oid there is",
      { range: { from: 2 ** 32 - 1, to: null }, bytes: null },
      [{ oid: 2 ** 32 - 1, bytes: 2 * MB }],
      null,
      MB,
      [
        { range: { from: 2 ** 32 - 1, to: null }, bytes: { from: 0, to: MB } },
        { range: { from: 2 ** 32 - 1, to: null }, bytes: { from: MB, to: null } },
      ],
    ],
  ])("%s", (_what, part, objects, restFrom, mostBytes, expected) => {
    const pieces = splitObjects(unit(part), { objects, restFrom }, mostBytes);
    expect(pieces?.map(partOf) ?? null).toEqual(expected);
    expect(pieces?.map(({ subject }) => subject)).toEqual(
      pieces?.map((_, index) => `large objects, part ${index + 1}`),
    );
  });
});
