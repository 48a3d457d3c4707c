import fc from "fast-check";
import type { PlannedTable } from "@/lib/plan/copy-plan";
import { unitKinds } from "@/lib/plan/unit";
import type { UnitRow } from "./unit-row";

export const START = new Date("2026-11-20T09:00:00Z");
export const secondsIn = (seconds: number): Date => new Date(START.getTime() + seconds * 1000);

export const aUnit = (more: Partial<UnitRow> = {}): UnitRow => ({
  id: "copy:1",
  kind: "copy",
  subject: "public.orders",
  state: "ready",
  cost: 1,
  lane: null,
  rowsDone: 0,
  bytesDone: 0,
  statementProgress: null,
  startedAt: null,
  finishedAt: null,
  tables: [],
  tableResults: {},
  ...more,
});

export const aPlannedTable = (more: Partial<PlannedTable> = {}): PlannedTable => ({
  oid: 1,
  schema: "public",
  name: "orders",
  columns: ["id"],
  format: "binary",
  estimatedRows: 1_000,
  bytes: 80_000,
  withData: true,
  ...more,
});

/** Ten tables, and units about them as the database may hold them at any moment. */
export const plannedTables: fc.Arbitrary<PlannedTable[]> = fc
  .array(fc.record({ estimatedRows: fc.nat(1e9), bytes: fc.nat(), withData: fc.boolean() }), { maxLength: 10 })
  .map((list) => list.map((more, oid) => aPlannedTable({ ...more, oid, name: `t${oid}` })));

export const unitRows: fc.Arbitrary<UnitRow[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...unitKinds),
      state: fc.constantFrom<UnitRow["state"]>("ready", "running", "done", "failed"),
      cost: fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 1e6, noNaN: true })),
      bytesDone: fc.nat(),
      statementProgress: fc.option(
        fc.record({ phase: fc.string(), fraction: fc.option(fc.double({ min: 0, max: 1, noNaN: true })) }),
      ),
      begun: fc.nat(10_000),
      took: fc.nat(1_000),
      tables: fc.uniqueArray(fc.nat(9), { maxLength: 4 }),
      result: fc.record({ rows: fc.nat(), bytes: fc.nat() }),
    }),
    { maxLength: 30 },
  )
  .map((list) =>
    list.map(({ begun, took, result, ...unit }, index): UnitRow => {
      const ended = unit.state === "done" || unit.state === "failed";
      return aUnit({
        ...unit,
        id: `${unit.kind}:${index}`,
        lane: unit.state === "ready" ? null : 1,
        startedAt: unit.state === "ready" ? null : secondsIn(begun),
        finishedAt: ended ? secondsIn(begun + took) : null,
        tableResults: unit.state === "done" ? Object.fromEntries(unit.tables.map((oid) => [oid, result])) : {},
      });
    }),
  );
