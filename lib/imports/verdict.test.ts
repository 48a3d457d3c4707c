import { describe, expect, it } from "vitest";
import type { EntryFailure } from "@/lib/schema/apply";
import type { TableComparison } from "@/lib/verify/data-difference";
import { missingObjects, tableLines } from "./verdict";

const failure = (more: Partial<EntryFailure>): EntryFailure => ({
  id: 1,
  kind: "TRIGGER",
  subject: "public.orders stamp",
  severity: "degraded",
  sqlstate: "42883",
  reason: "function stamp() does not exist",
  ...more,
});

describe("objects that the target refused", () => {
  it("are named, each with its reason", () => {
    expect(missingObjects([failure({})])).toEqual([
      {
        kind: "object",
        subject: "trigger public.orders stamp",
        equal: false,
        source: "present",
        target: "missing",
        detail: "function stamp() does not exist",
      },
    ]);
  });

  it("are told once where several share a name: one row each is what the table holds", () => {
    const privileges = { kind: "DEFAULT ACL", subject: "public.DEFAULT PRIVILEGES FOR TABLES" };
    const found = missingObjects([
      failure({ ...privileges, id: 1, reason: "role anna does not exist" }),
      failure({ ...privileges, id: 2, reason: "role berta does not exist" }),
      failure({ ...privileges, id: 3, reason: "role anna does not exist" }),
    ]);
    expect(found.map(({ subject }) => subject)).toEqual(["default acl public.DEFAULT PRIVILEGES FOR TABLES"]);
    expect(found[0]?.detail).toBe("role anna does not exist; role berta does not exist");
  });

  it("are no difference where the target is as it should be without them", () => {
    expect(missingObjects([failure({ severity: "harmless" })])).toEqual([]);
  });
});

describe("lines about a table", () => {
  const equal: TableComparison = {
    ...{ table: { schema: "public", name: "orders" }, level: "checksums", rows: { source: 3, target: 3 } },
    ...{ checksums: { source: "17", target: "17" }, difference: null },
  };
  const unnamed = { key: ["id"], named: [], complete: true, reason: null };
  const difference = { ...unnamed, missing: 0, extra: 0, different: 1 };
  const counts = { kind: "rows", subject: "public.orders", equal: true, source: "3", target: "3", detail: null };

  it("say how many rows there are", () => {
    expect(tableLines(equal)).toEqual([counts]);
  });

  it("have one more where the rows are as many, but not the same", () => {
    const compared = { ...equal, checksums: { source: "17", target: "18" }, difference };
    const values = { source: "17", target: "18", detail: "rows: 1 different" };
    expect(tableLines(compared)).toEqual([
      counts,
      { kind: "values", subject: "public.orders", equal: false, ...values },
    ]);
  });

  it("count a row that is missing once", () => {
    const compared = { ...equal, rows: { source: 3, target: 2 }, difference: { ...difference, missing: 1 } };
    const detail = "rows: 1 missing, 1 different";
    expect(tableLines(compared)).toEqual([{ ...counts, equal: false, target: "2", detail }]);
  });
});
