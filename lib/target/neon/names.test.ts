import { describe, expect, it } from "vitest";
import { databaseNameOf, importBranchName, ownerNameOf } from "./names";

const AT = new Date("2026-11-20T09:30:59.900Z");

describe("the name of an import's branch", () => {
  it.each<[string[], string]>([
    [[], "import-2026-11-20T09-30"],
    [["main", "import-2026-11-20T09-31"], "import-2026-11-20T09-30"],
    [["import-2026-11-20T09-30"], "import-2026-11-20T09-30-2"],
    [["import-2026-11-20T09-30", "import-2026-11-20T09-30-2"], "import-2026-11-20T09-30-3"],
  ])("beside %j is %s", (taken, name) => {
    expect(importBranchName(AT, new Set(taken))).toBe(name);
  });
});

describe("the database and its owner", () => {
  it.each([
    ["shop", "shop", "shop_owner"],
    ["postgres", "neondb", "neondb_owner"],
    ["template1", "neondb", "neondb_owner"],
    ["", "neondb", "neondb_owner"],
    ["Größe", "Größe", "Größe_owner"],
    ["pg_shop", "pg_shop", "db_pg_shop_owner"],
  ])("of a source %j are %s and %s", (source, database, owner) => {
    expect(databaseNameOf(source)).toBe(database);
    expect(ownerNameOf(databaseNameOf(source))).toBe(owner);
  });

  it("keeps to the length that Postgres takes, and cuts no letter in two", () => {
    const owner = ownerNameOf("ö".repeat(31));
    expect(Buffer.byteLength(owner)).toBeLessThanOrEqual(63);
    expect(owner).toMatch(/^ö+_owner$/);
  });
});
