import { describe, expect, it } from "vitest";
import { type Changes, checkContext } from "../fixture";
import { privilegeChecks } from "./privileges";

const findings = (changes: Changes) => privilegeChecks.flatMap((check) => check.run(checkContext(changes)));

describe("the script of grants", () => {
  it("holds all that is missing, with names quoted", () => {
    const [finding] = findings({
      server: { user: 'an"na' },
      tables: [
        { schema: "Odd", name: 'Tab"1', readable: false, schemaUsable: false },
        { schema: "Odd", name: "fine", readable: true, schemaUsable: false },
        { schema: "public", name: "closed", readable: false },
        { schema: "public", name: "open" },
      ],
      closedSequences: [
        { schema: "public", name: "counter" },
        { schema: "numbers", name: "next" },
      ],
    });
    expect(finding?.sql?.split("\n")).toEqual([
      'grant usage on schema "Odd" to "an""na";',
      'grant usage on schema "numbers" to "an""na";',
      'grant select on "Odd"."Tab""1" to "an""na";',
      'grant select on "public"."closed" to "an""na";',
      'grant select on sequence "public"."counter" to "an""na";',
      'grant select on sequence "numbers"."next" to "an""na";',
    ]);
    expect(finding?.message).toContain("Odd.fine");
    expect(finding?.message).not.toContain("open");
  });

  it("names ten, and counts the others", () => {
    const tables = Array.from({ length: 14 }, (_, index) => ({ name: `t${index}`, readable: false }));
    const [finding] = findings({ tables });
    expect(finding?.message).toContain("public.t9 and 4 more.");
    expect(finding?.message).not.toContain("public.t10");
    expect(finding?.sql?.split("\n")).toHaveLength(14);
  });
});

describe("row security", () => {
  it("is answered with the one statement that helps", () => {
    const [finding] = findings({ tables: [{ rowsHidden: true }] });
    expect(finding?.sql).toBe('alter role "anna" bypassrls;');
  });
});
