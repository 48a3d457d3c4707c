import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PIECE_BYTES } from "@/lib/plan/split-objects";
import type { ObjectsPart } from "@/lib/plan/unit";
import { objectBatches } from "./object-batches";

const whole: ObjectsPart = { range: { from: 0, to: null }, bytes: null };
const batches = (part: ObjectsPart, ...sizes: number[]) => [
  ...objectBatches(
    part,
    sizes.map((bytes, index) => ({ oid: index + 1, bytes })),
  ),
];
const size = fc.oneof(
  fc.constantFrom(0, 1, 2_048, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1),
  fc.nat(5 * PIECE_BYTES),
);

describe("the batches of a unit of large objects", () => {
  it("have every byte once and in order, and none is larger than a megabyte", () => {
    fc.assert(
      fc.property(fc.array(size, { maxLength: 1_200 }), (sizes) => {
        const made = batches(whole, ...sizes);
        const reached = sizes.map(() => 0);
        for (const batch of made) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(500);
          expect(batch.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(PIECE_BYTES);
          for (const { oid, from, length, isLast } of batch) {
            expect(from).toBe(reached[oid - 1]);
            expect(length).toBeGreaterThan(0);
            reached[oid - 1] = from + length;
            expect(isLast).toBe(from + length === sizes[oid - 1]);
          }
        }
        expect(reached).toEqual(sizes);
      }),
      { numRuns: 50 },
    );
  });

  it("of some bytes of one end with the last of these, which is written whatever it holds", () => {
    const part: ObjectsPart = { range: { from: 1, to: 2 }, bytes: { from: PIECE_BYTES, to: 3 * PIECE_BYTES } };
    expect(batches(part, 5 * PIECE_BYTES).flat()).toEqual([
      { oid: 1, from: PIECE_BYTES, length: PIECE_BYTES, isLast: false },
      { oid: 1, from: 2 * PIECE_BYTES, length: PIECE_BYTES, isLast: true },
    ]);
    expect(batches(part, PIECE_BYTES)).toEqual([]);
    expect(batches(part, PIECE_BYTES + 1).flat()).toEqual([{ oid: 1, from: PIECE_BYTES, length: 1, isLast: true }]);
  });
});
