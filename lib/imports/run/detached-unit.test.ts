import { describe, expect, it } from "vitest";
import type { UnitPayload } from "@/lib/plan/unit";
import type { ClaimedUnit } from "../queue/claim";
import { longStatement, unitSession } from "./detached-unit";

const table = { oid: 1, schema: "public", name: "t" };
const statement = (text: string) => ({ id: 1, kind: "INDEX", subject: "i", statement: text, bestEffort: false });
const BUDGET_MS = 60_000;

const of = (payload: UnitPayload, more: Partial<ClaimedUnit> = {}): string | null => {
  const unit = { id: "u", subject: "s", cost: 60, attempt: 1, failures: 0, overruns: 0, detached: false };
  return longStatement({ ...unit, ...more, payload }, new Map(), BUDGET_MS);
};

describe("a statement that may outlive a step", () => {
  it.each<[string, UnitPayload, RegExp]>([
    [
      "an index",
      { kind: "index", statements: [statement("CREATE INDEX i ON t USING gin (a);")], tables: [1] },
      /CREATE INDEX/,
    ],
    ["several", { kind: "index", statements: ["A", "B"].map(statement), tables: [1] }, /A\n;\nB\n;$/],
    ["a constraint", { kind: "constraint", statements: [statement("ALTER TABLE t ADD x;")] }, /ADD x/],
    [
      "a validation",
      { kind: "validate", table, constraint: "c" },
      /^alter table "public"."t" validate constraint "c"$/,
    ],
    ["a refresh", { kind: "refresh", view: table }, /^refresh materialized view "public"."t"$/],
    ["statistics of one table", { kind: "analyze", tables: [table] }, /^analyze "public"."t"$/],
    [
      "the rows of a target that cannot count a part of them",
      { kind: "count", side: "target", table, range: null },
      /^select count\(\*\)::float8 as rows from only "public"."t"/,
    ],
  ])("%s", (_, payload, text) => {
    expect(of(payload)).toMatch(text);
  });

  it.each<[string, UnitPayload]>([
    ["rows, which pass through here", { kind: "copy", parts: [{ table, range: null }] }],
    ["definitions", { kind: "schema", statements: [statement("CREATE TABLE t ();")] }],
    ["what reads the source", { kind: "sequence", sequences: [table] }],
    ["a comparison", { kind: "verify", tables: [table] }],
    ["a count of the source's rows, under its snapshot", { kind: "count", side: "source", table, range: null }],
    ["a count that can be cut", { kind: "count", side: "target", table, range: { from: 0, to: null } }],
    ["statistics of several, which would hold all their locks", { kind: "analyze", tables: [table, table] }],
  ])("is not made of %s", (_, payload) => {
    expect(of(payload)).toBeNull();
  });

  it.each<[string, Partial<ClaimedUnit>, boolean]>([
    ["that is expected to be short", { cost: 5.9 }, false],
    ["that takes a good part of a step", { cost: 6 }, true],
    ["that was taken for short and overran", { cost: 0.1, overruns: 1 }, true],
    ["that is at work already", { cost: 0.1, detached: true }, true],
  ])("is not made of one without need: one %s", (_, more, outlives) => {
    expect(of({ kind: "refresh", view: table }, more) !== null).toBe(outlives);
  });
});

it("has a session that Postgres can name in full", () => {
  expect(unitSession("01KAJ1M6NNJ1BR6GQ2V0Q5D9ZC", "validate:1234567")).toHaveLength(54);
  expect(unitSession("01KAJ1M6NNJ1BR6GQ2V0Q5D9ZC", "x".repeat(60))).toHaveLength(63);
});
