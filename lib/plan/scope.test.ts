import { describe, expect, it } from "vitest";
import { type ImportOptions, importOptionsSchema } from "./options";
import { type Circumstances, policyContext, tablesInScope } from "./scope";

function circumstances(options: Partial<ImportOptions>, more: Partial<Circumstances> = {}): Circumstances {
  return {
    host: "db.example.org",
    surroundings: { schemas: [], roles: [], extensions: [], closed: [] },
    options: importOptionsSchema.parse(options),
    ...more,
  };
}

const part = { schema: "archive", name: "orders_2024", ancestors: [{ schema: "public", name: "orders" }] };

it.each<[string, Partial<ImportOptions>, boolean]>([
  ["everything", {}, true],
  ["its schema", { schemas: ["archive"] }, true],
  ["another schema", { schemas: ["public"] }, false],
  ["itself", { tables: ["archive.orders_2024"] }, true],
  ["what it is a partition of", { tables: ["public.orders"] }, true],
  ["another table", { tables: ["public.lines"] }, false],
  ["all but itself", { excludeTables: ["archive.orders_2024"] }, false],
  ["all but what it is a partition of", { excludeTables: ["orders"] }, false],
  ["its schema without itself", { schemas: ["archive"], excludeTables: ["archive.orders_2024"] }, false],
  ["all but another table", { excludeTables: ["public.lines"] }, true],
])("a table with a choice of %s", (_, options, wanted) => {
  expect(tablesInScope(circumstances(options))(part)).toBe(wanted);
});

describe("on a provider's server", () => {
  const host = "db.abc.supabase.co";
  const users = { schema: "auth", name: "users", ancestors: [] };

  it("the provider's schemas stay behind", () => {
    const given = circumstances({}, { host });
    expect(tablesInScope(given)(users)).toBe(false);
    expect(tablesInScope(given)({ ...users, schema: "public" })).toBe(true);
  });

  it.each<Partial<ImportOptions>>([{ schemas: ["public", "auth"] }, { tables: ["auth.users"] }])(
    "one that is named by the user comes along: %j",
    (options) => {
      const given = circumstances(options, { host });
      expect(tablesInScope(given)(users)).toBe(true);
      const { provider } = policyContext(given, {} as Parameters<typeof policyContext>[1]);
      expect(provider?.schemas).not.toContain("auth");
      expect(provider?.schemas).toContain("storage");
    },
  );
});
