import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dispositionOf } from "@/lib/errors/describe";
import { FerryError } from "@/lib/errors/ferry-error";
import { type UnitKind, unitKinds } from "@/lib/plan/unit";
import { type FailingSide, judge, MAX_FAILURES, unitError } from "./unit-error";

const server = (code: string) => Object.assign(new Error("the server's words"), { code });

describe("what an error of a unit means", () => {
  it.each<[string, UnitKind, unknown, string]>([
    ["a row that breaks a constraint", "copy", server("23505"), "copy.refused"],
    ["a value that does not fit", "copy", server("22P02"), "copy.refused"],
    ["a key that breaks on the rows", "constraint", server("23503"), "statement.failed"],
    ["a unique index over doubles", "index", server("23505"), "statement.failed"],
    ["a table that is gone", "copy", server("42P01"), "statement.failed"],
    ["no permission", "verify", server("42501"), "statement.failed"],
    ["a full disk", "copy", server("53100"), "target.full"],
    ["a full disk under an index", "index", server("53100"), "target.full"],
    ["a deadlock", "index", server("40P01"), "statement.conflict"],
    ["a serialisation failure", "copy", server("40001"), "statement.conflict"],
    ["a statement that somebody cancelled", "index", server("57014"), "statement.interrupted"],
    ["a server out of memory", "refresh", server("53200"), "statement.interrupted"],
    ["a target that is read-only while a standby takes over", "copy", server("25006"), "statement.interrupted"],
    ["a server that shuts down", "copy", server("57P01"), "connect.lost"],
    ["a server that is out of connections", "copy", server("53300"), "connect.lost"],
    ["a socket that was reset", "copy", server("ECONNRESET"), "connect.lost"],
    ["a broken pipe, whose code has five letters", "copy", server("EPIPE"), "connect.lost"],
    ["a session that ended", "copy", new Error("Connection terminated unexpectedly"), "connect.lost"],
    ["something else", "copy", new TypeError("x is not a function"), "internal"],
    ["not even an error", "copy", "boom", "internal"],
  ])("%s", (_name, kind, error, code) => {
    expect(unitError(error, { kind, subject: "public.orders" })).toMatchObject({
      code,
      context: { subject: "public.orders" },
    });
  });

  it.each<[string, FailingSide, UnitKind, string, string]>([
    ["a table that is gone", "source", "copy", "42P01", "source.table_changed"],
    ["a column that is gone", "source", "verify", "42703", "source.table_changed"],
    ["a schema that is gone", "source", "sequence", "3F000", "source.table_changed"],
    ["a table that is a view by now", "source", "copy", "42809", "source.table_changed"],
    ["a table that is gone", "target", "copy", "42P01", "statement.failed"],
    ["a value that does not fit", "target", "copy", "22P02", "copy.refused"],
    ["a value that cannot be read", "source", "copy", "22021", "statement.failed"],
    ["a full disk", "source", "copy", "53100", "statement.failed"],
    ["a full disk", "target", "copy", "53100", "target.full"],
    ["a full disk", "metadata", "copy", "53100", "statement.failed"],
    ["a session that was ended", "source", "copy", "57P01", "connect.lost"],
    ["a conflict with recovery on a replica", "source", "copy", "40001", "statement.conflict"],
    ["a snapshot whose rows are gone", "source", "copy", "72000", "snapshot.too_old"],
    ["a damaged page", "source", "copy", "XX001", "statement.failed"],
  ])("%s on the %s", (_name, side, kind, sqlstate, code) => {
    const error = unitError(server(sqlstate), { kind, subject: "public.orders", side });
    expect(error).toMatchObject({ code, context: { side } });
  });

  it("Ferry's own errors are what they are", () => {
    const own = new FerryError("snapshot.lost", { epoch: 1 });
    expect(unitError(own, { kind: "copy", subject: "t" })).toBe(own);
    expect(unitError(new Error("wrapped", { cause: own }), { kind: "copy", subject: "t" })).toBe(own);
  });

  it("the driver's error counts, not what the query builder made of it", () => {
    const wrapped = new Error("Failed query: update … params: secret", { cause: server("ECONNREFUSED") });
    const error = unitError(wrapped, { kind: "copy", subject: "public.orders" });
    expect(error.code).toBe("connect.lost");
    expect(error.context.reason).toBe("the server's words");
  });
});

describe("what is done about it", () => {
  const verdictOf = (error: FerryError, failures: number) => judge(error, failures, dispositionOf(error));

  it.each([
    ["connect.lost", 1, "retry"],
    ["connect.lost", 13, "retry"],
    ["connect.lost", 14, "fail"],
    ["connect.not_postgres", 1, "retry"],
    ["connect.not_postgres", 14, "fail"],
    ["connect.host_unknown", 1, "retry"],
    ["connect.auth_failed", 1, "fail"],
    ["source.table_changed", 1, "fail"],
    ["target.full", 1, "fail"],
    ["unit.stalled", 1, "retry"],
    ["statement.interrupted", 1, "retry"],
    ["statement.interrupted", 14, "fail"],
    ["step.too_short", 1, "fail"],
    ["statement.conflict", 1, "retry"],
    ["copy.refused", 1, "fail"],
    ["statement.failed", 1, "fail"],
    ["internal", 1, "fail"],
    ["snapshot.lost", 1, "snapshot-lost"],
    ["snapshot.lost", 99, "snapshot-lost"],
    ["source.table_rewritten", 1, "snapshot-lost"],
    ["snapshot.too_old", 1, "snapshot-lost"],
    ["snapshot.unavailable", 1, "retry"],
  ] as const)("%s for the %i. time: %s", (code, failures, action) => {
    expect(verdictOf(new FerryError(code), failures).action).toBe(action);
  });

  it("pauses grow, never past half a minute, and outlast two minutes by far", () => {
    const pauses = Array.from({ length: MAX_FAILURES - 1 }, (_, index) => {
      const verdict = verdictOf(new FerryError("connect.lost"), index + 1);
      return verdict.action === "retry" ? verdict.pauseSeconds : -1;
    });
    expect(pauses).toEqual([...pauses].sort((left, right) => left - right));
    expect(pauses[0]).toBeLessThanOrEqual(1);
    expect(pauses.at(-1)).toBe(30);
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(200);
  });

  it("ends: nothing is tried for ever", () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string()), fc.constantFrom(...unitKinds), (message, code, kind) => {
        const error = unitError(Object.assign(new Error(message), { code }), { kind, subject: "t" });
        expect(verdictOf(error, MAX_FAILURES).action).not.toBe("retry");
      }),
    );
  });
});
