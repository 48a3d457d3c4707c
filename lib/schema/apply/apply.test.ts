import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classify, isWorthRetrying } from "./classify";
import { type EntryFailure, refusal } from "./index";
import { inPieces } from "./pieces";

describe("a failing entry", () => {
  it.each([
    ["42P06", "SCHEMA", false, "harmless"],
    ["42710", "EXTENSION", false, "harmless"],
    ["42710", "TYPE", false, "fatal"],
    ["42P07", "TABLE", false, "fatal"],
    ["42501", "COMMENT", true, "harmless"],
    ["42501", "COMMENT", false, "degraded"],
    ["42501", "DATABASE PROPERTIES", true, "harmless"],
    ["42883", "FUNCTION", false, "degraded"],
    ["23505", "CONSTRAINT", false, "degraded"],
    ["42704", "FOREIGN TABLE", true, "degraded"],
    ["42501", "OWNER", true, "degraded"],
  ])("with %s of a %s (best effort: %s) is %s", (sqlstate, kind, bestEffort, severity) => {
    expect(classify(sqlstate, { kind, bestEffort })).toBe(severity);
  });

  it.each(["53100", "53200", "57014", "55P03", "40P01", "40001", "57P01", "08006", "58030"])(
    "with %s says nothing about the entry",
    (sqlstate) => {
      expect(isWorthRetrying(Object.assign(new Error(), { code: sqlstate }), sqlstate)).toBe(true);
    },
  );

  it("stops an import only when it is fatal, and hides no other", () => {
    const failure = (subject: string, severity: EntryFailure["severity"]): EntryFailure => ({
      ...{ id: 1, kind: "TABLE", subject, severity, sqlstate: "42P07", reason: `${subject} is there` },
    });
    expect(refusal([failure("a", "degraded"), failure("b", "harmless")])).toBeNull();
    const failures = [failure("a", "degraded"), failure("b", "fatal"), failure("c", "fatal"), failure("d", "harmless")];
    expect(refusal(failures)?.context).toEqual({
      ...{ kind: "table", subject: "b", sqlstate: "42P07" },
      reason: "b is there; table c: c is there; table a: a is there",
    });
    const many = Array.from({ length: 8 }, (_, at) => failure(`t${at}`, "fatal"));
    expect(refusal(many)?.context.reason).toMatch(/table t5: t5 is there; and 2 more$/);
  });
});

it("cuts a batch into messages without losing, doubling or reordering anything", () => {
  const statements = fc.array(fc.record({ statement: fc.nat(700_000).map((length) => "x".repeat(length)) }), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(statements, (list) => {
      const pieces = inPieces(list);
      expect(pieces.flat()).toEqual(list);
      for (const piece of pieces) {
        const characters = piece.reduce((sum, { statement }) => sum + statement.length, 0);
        expect(piece.length === 1 || characters <= 1024 * 1024).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});
