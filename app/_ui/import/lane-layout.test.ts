import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aBlock, momentAfter } from "../fixtures/import-view";
import { layOutLanes } from "./lane-layout";

const span = (seconds: number) => ({ startMs: Date.parse(momentAfter(0)), endMs: Date.parse(momentAfter(seconds)) });

describe("the picture of the lanes", () => {
  it("puts units where they ran, lane by lane", () => {
    const { lanes } = layOutLanes([aBlock(2, 5, 10), aBlock(1, 0, 5)], span(10));
    expect(lanes.map((lane) => lane.lane)).toEqual([1, 2]);
    expect(lanes[0]?.blocks[0]).toMatchObject({ start: 0, width: 0.5 });
    expect(lanes[1]?.blocks[0]).toMatchObject({ start: 0.5, width: 0.5 });
  });

  it("draws a running unit up to now", () => {
    const { lanes } = layOutLanes([aBlock(1, 4, null)], span(10));
    expect(lanes[0]?.blocks[0]).toMatchObject({ start: 0.4, width: 0.6, isRunning: true });
  });

  it("joins neighbours too thin to see, of one colour only", () => {
    const thin = Array.from({ length: 50 }, (_, place) => aBlock(1, 1 + place / 1_000, 1 + (place + 1) / 1_000));
    const other = aBlock(1, 1.05, 1.0505, { kind: "index" });
    const { lanes } = layOutLanes([...thin, other], span(100));
    expect(lanes[0]?.blocks.map((block) => [block.colour, block.units])).toEqual([
      ["copy", 50],
      ["index", 1],
    ]);
    expect(lanes[0]?.units).toBe(51);
  });

  it("does not draw over a pause between two thin units", () => {
    const { lanes } = layOutLanes([aBlock(1, 1, 1.001), aBlock(1, 50, 50.001)], span(100));
    expect(lanes[0]?.blocks).toHaveLength(2);
  });

  it("says how busy a lane was, and counts an overlap once", () => {
    expect(layOutLanes([aBlock(1, 0, 4), aBlock(1, 2, 6)], span(10)).lanes[0]?.busy).toBeCloseTo(0.6);
  });

  it.each([
    [0, 6],
    [1, 6],
    [8, 9],
    [40, 9],
    [41, 5],
    [3_600, 7],
    [700_000, 9],
  ])("has round ticks for %d seconds", (seconds, count) => {
    const { ticks } = layOutLanes([], span(seconds));
    expect(ticks).toHaveLength(count);
    expect(ticks[0]).toEqual({ at: 0, offsetMs: 0 });
  });
});

const block = fc
  .record({
    lane: fc.integer({ min: 1, max: 3 }),
    from: fc.integer({ min: -5, max: 70 }),
    length: fc.option(fc.nat(20)),
  })
  .map(({ lane, from, length }) => aBlock(lane, from, length === null ? null : from + length));

it("stays within the picture, counts every unit and draws each lane from left to right", () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 40 }), (blocks) => {
      const { lanes } = layOutLanes(blocks, span(60));
      expect(lanes.reduce((sum, lane) => sum + lane.units, 0)).toBe(blocks.length);
      for (const lane of lanes) {
        expect(lane.busy).toBeLessThanOrEqual(1);
        expect(lane.blocks.reduce((sum, drawn) => sum + drawn.units, 0)).toBe(lane.units);
        let before = 0;
        for (const drawn of lane.blocks) {
          expect(drawn.start).toBeGreaterThanOrEqual(before);
          expect(drawn.start + drawn.width).toBeLessThanOrEqual(1 + 1e-9);
          before = drawn.start;
        }
      }
    }),
  );
});
