import { describe, expect, it } from "vitest";
import type { EntryFailure } from "@/lib/schema/apply";
import { missingObjects } from "./verdict";

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
