import { describe, expect, it } from "vitest";
import { aTable, aView } from "@/app/_ui/fixtures/import-view";
import { explain } from "@/lib/errors/describe";
import { importStatuses } from "@/lib/imports/status";
import { errorText, exitCodeOf, exitCodeOfError, failureReport, importReport } from "./report";

describe("the exit code", () => {
  it.each([
    ["succeeded", 0],
    ["failed", 1],
    ["cancelled", 1],
    ["blocked", 3],
    ["differences", 4],
    ["paused", 5],
  ] as const)("of an import that is %s is %i", (status, code) => {
    expect(exitCodeOf({ status })).toBe(code);
  });

  it("is 0 for nothing but success", () => {
    expect(importStatuses.filter((status) => exitCodeOf({ status }) === 0)).toEqual(["succeeded"]);
  });

  it.each([
    ["connection_string.invalid", 2],
    ["check.blocked", 3],
    ["connect.refused", 1],
    ["connect.auth_failed", 1],
    ["internal", 1],
  ] as const)("of the error %s is %i", (code, exitCode) => {
    expect(exitCodeOfError(explain({ code, context: { reason: "x" } }))).toBe(exitCode);
  });
});

describe("the document", () => {
  it("has the form that scripts rely on", () => {
    const view = aView({
      status: "differences",
      tables: [aTable({ rowsDone: 7, bytesDone: 70 })],
      largeObjects: { objects: 3, bytes: 4_096, partsDone: 1, parts: 1 },
      skipped: [{ object: "extension x", reason: "not there" }],
      findings: [{ code: "size.database", severity: "info", subject: "s", message: "m", remedy: "r", sql: "q" }],
      verification: {
        status: "differences",
        compared: 9,
        objects: null,
        differences: [{ subject: "public.orders", kind: "rows", source: "8", target: "7", detail: null }],
      },
    });
    expect(importReport(view, 1.25)).toEqual({
      importId: view.id,
      status: "differences",
      seconds: 1.25,
      source: { version: "15.18" },
      target: { version: "18.4" },
      tables: [{ schema: "public", name: "orders", rows: 7, bytes: 70 }],
      largeObjects: { objects: 3, bytes: 4_096 },
      skipped: [{ object: "extension x", reason: "not there" }],
      findings: [{ code: "size.database", severity: "info", message: "m" }],
      verification: {
        status: "differences",
        differences: [{ subject: "public.orders", kind: "rows", source: "8", target: "7", detail: null }],
      },
      pause: null,
      error: null,
    });
  });

  it("has the same form when no import came to exist", () => {
    const error = explain({ code: "connect.refused", context: { side: "source", host: "h", port: 1 } });
    const failure = failureReport(error, 0.5);
    expect(Object.keys(failure).sort()).toEqual(Object.keys(importReport(aView(), 0)).sort());
    expect(failure).toMatchObject({ importId: null, status: "failed", seconds: 0.5, error });
  });
});

it("an error is told with what is safe and what to do", () => {
  expect(errorText({ code: "internal", what: "It broke.", unharmed: "All is safe.", remedy: "Try again." })).toBe(
    "It broke. All is safe.\nTry again.\n",
  );
});
