import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ImportRecords, phases, profileOf, type UnitRecord } from "./profile";

const unit = (id: string, lane: number, startedAt: number, finishedAt: number, more: Partial<UnitRecord> = {}) => ({
  ...{ id, lane, startedAt, finishedAt, subject: id, kind: "copy" as const, dependsOn: [] },
  ...more,
});

const command = { startedAt: 0, endedAt: 10_000, lanes: 2 };
const records = (units: UnitRecord[]): ImportRecords => ({
  createdAt: 1_000,
  finishedAt: 9_500,
  events: { "target.ready": 1_200, "plan.ready": 2_000 },
  units,
});

describe("the profile", () => {
  it("gives each lane's time its share, and tells late claims from nothing to claim", () => {
    const profile = profileOf(
      command,
      records([
        unit("schema:1", 1, 2_100, 3_000, { kind: "schema" }),
        unit("copy:1", 1, 3_000, 7_000, { dependsOn: ["schema:1"] }),
        unit("copy:2", 2, 3_200, 6_000, { dependsOn: ["schema:1"] }),
        unit("index:1", 2, 7_100, 9_000, { kind: "index", dependsOn: ["copy:1"] }),
      ]),
    );
    expect(profile.seconds).toEqual({
      starting: 1,
      preparing: 0.2,
      dump: 0.8,
      schema: 0.45,
      copy: 2 + 1.4,
      indexes: 0.95,
      validation: 0,
      "refresh and analyze": 0,
      // Lane 2: until the schema is there, and until the first copy is; lane 1: from 7.1 on.
      waiting: (0.9 + 1 + 1.9) / 2,
      // 0.1 until the first unit; lane 2 is 0.2 late for its copy, and both are 0.1 late for the index.
      "between units": 0.3,
      verdict: 0.5,
      stopping: 0.5,
    });
    expect(profile.overhead).toBeCloseTo((1 + 0.2 + 0.8 + 0.3 + 0.5 + 0.5) / 10);
    expect(profile.overheadOfImport).toBeCloseTo(
      profile.overhead - (profile.seconds.starting + profile.seconds.stopping) / 10,
    );
    expect(profile.units[1]).toEqual({ subject: "copy:1", kind: "copy", lane: 1, from: 3, seconds: 4 });
  });

  it("of an import without units is all overhead", () => {
    expect(profileOf(command, records([])).overhead).toBe(1);
  });

  it("adds up to the wall time, whatever the units", () => {
    const lane = (number: number) =>
      fc.array(fc.tuple(fc.nat(200), fc.nat(300)), { maxLength: 8 }).map((steps) => {
        let at = 2_000;
        return steps.map(([pause, work], index) => {
          const from = at + pause;
          at = from + work;
          return unit(`${number}:${index}`, number, from, at);
        });
      });
    const wait = fc.nat(20);
    fc.assert(
      fc.property(lane(1), lane(2), fc.array(wait), (first, second, waits) => {
        const units = [...first, ...second].sort((left, right) => left.startedAt - right.startedAt);
        // Each may wait for any that had ended before it began.
        const graph = units.map((item, index) => {
          const ended = units.filter((other) => other.finishedAt <= item.startedAt && other !== item);
          const chosen = ended[(waits[index] ?? 0) % Math.max(1, ended.length)];
          return chosen ? { ...item, dependsOn: [chosen.id] } : item;
        });
        const { seconds, wallSeconds } = profileOf(command, records(graph));
        const sum = phases.reduce((total, phase) => total + seconds[phase], 0);
        expect(sum).toBeCloseTo(wallSeconds, 6);
        for (const phase of phases) expect(seconds[phase], phase).toBeGreaterThanOrEqual(-1e-9);
      }),
    );
  });
});
