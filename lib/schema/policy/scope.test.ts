import { describe, expect, it } from "vitest";
import type { SchemaFilter } from "./context";
import { decide } from "./decide";
import { archiveOf, contextOf, verdictsOn } from "./fixture";

const shop = archiveOf([
  { kind: "SCHEMA", name: "shop" },
  { kind: "SCHEMA", name: "core" },
  { kind: "EXTENSION", name: "citext" },
  { kind: "TYPE", name: "mood", schema: "core", statement: "CREATE TYPE core.mood AS ENUM ();", needs: ["core"] },
  {
    kind: "FUNCTION",
    name: "next()",
    schema: "core",
    statement: "CREATE FUNCTION core.next() RETURNS integer LANGUAGE sql AS $$ $$;",
    needs: ["core"],
  },
  { kind: "TABLE", name: "base", schema: "core", needs: ["core"] },
  { kind: "TABLE", name: "customers", schema: "core", needs: ["core"] },
  { kind: "SEQUENCE", name: "orders_id_seq", schema: "shop", needs: ["shop"] },
  { kind: "TABLE", name: "orders", schema: "shop", needs: ["shop", "mood", "next()", "citext"] },
  { kind: "SEQUENCE OWNED BY", name: "orders_id_seq", schema: "shop", needs: ["orders_id_seq", "orders"] },
  { kind: "DEFAULT", name: "orders id", schema: "shop", needs: ["orders", "orders_id_seq"] },
  { kind: "TABLE", name: "derived", schema: "shop", needs: ["shop", "base"] },
  { kind: "TABLE", name: "lines", schema: "shop", needs: ["shop"] },
  {
    kind: "SEQUENCE",
    name: "lines_id_seq",
    schema: "shop",
    statement: "ALTER TABLE shop.lines ALTER COLUMN id ADD GENERATED;",
    needs: ["lines"],
  },
  { kind: "TABLE", name: "events", schema: "shop", needs: ["shop"] },
  { kind: "TABLE", name: "events_1", schema: "shop", needs: ["shop"] },
  { kind: "TABLE ATTACH", name: "events_1", schema: "shop", needs: ["events_1", "events"] },
  { kind: "VIEW", name: "rich", schema: "shop", needs: ["shop", "customers"] },
  { kind: "MATERIALIZED VIEW", name: "kept", schema: "shop", needs: ["shop", "customers"] },
  { kind: "INDEX", name: "kept_index", schema: "shop", needs: ["kept"] },
  { kind: "VIEW", name: "recent", schema: "shop", needs: ["shop", "orders"] },
  { kind: "INDEX", name: "orders_mood", schema: "shop", needs: ["orders"] },
  { kind: "FK CONSTRAINT", name: "orders orders_customer_fkey", schema: "shop", needs: ["orders", "customers"] },
  { kind: "FK CONSTRAINT", name: "lines lines_order_fkey", schema: "shop", needs: ["lines", "orders"] },
  { kind: "TRIGGER", name: "orders touched", schema: "shop", needs: ["orders", "next()"] },
  { kind: "PUBLICATION", name: "all", statement: "CREATE PUBLICATION all;" },
  { kind: "COMMENT", name: "TABLE orders", schema: "shop", needs: ["orders"] },
  { kind: "COMMENT", name: "TABLE customers", schema: "core", needs: ["customers"] },
]);

/** Names of what is carried, in order; in parentheses what is there only as a definition, with a plus what joins. */
function carried(filter: Partial<SchemaFilter>): string[] {
  const verdicts = decide(shop, contextOf({ filter: { schemas: [], tables: [], excludeTables: [], ...filter } }));
  return verdicts
    .filter(({ action }) => action !== "skip")
    .map(({ entry: { kind, name }, definitionOnly }) =>
      definitionOnly ? `(${name})` : /ATTACH|OWNED/.test(kind) ? `+${name}` : name,
    );
}

const reasons = (filter: Partial<SchemaFilter>, name: string) =>
  verdictsOn(shop, { filter: { schemas: [], tables: [], excludeTables: [], ...filter } }).get(name)?.reason;

const inShop = (...names: string[]) => names.map((name) => ({ schema: "shop", name }));

describe("a choice of schemas", () => {
  it("drags in what its tables cannot be created without, and nothing that holds rows for anything less", () => {
    expect(carried({ schemas: ["shop"] })).toEqual([
      ...["shop", "core", "citext", "mood", "next()", "(base)", "orders_id_seq", "orders", "+orders_id_seq"],
      ...["orders id", "derived", "lines", "lines_id_seq", "events", "events_1", "+events_1", "recent"],
      ...["orders_mood", "lines lines_order_fkey", "orders touched", "TABLE orders"],
    ]);
  });

  it("says why something is left behind", () => {
    const chosen = { schemas: ["shop"] };
    expect(reasons(chosen, "orders orders_customer_fkey")).toBe(
      "it needs table core.customers, which is outside of what was chosen",
    );
    expect(reasons(chosen, "rich")).toBe("it needs table core.customers, which is outside of what was chosen");
    expect(reasons(chosen, "kept_index")).toBe("it needs table core.customers, which is outside of what was chosen");
    expect(reasons(chosen, "customers")).toBe("it is outside of what was chosen");
    expect(reasons(chosen, "all")).toBe("it is outside of what was chosen");
    expect(reasons(chosen, "base")).toBe("only its definition, which table shop.derived needs");
  });
});

describe("a choice of tables", () => {
  it("brings a table with its serial's sequence, its types, its functions and what hangs on it", () => {
    expect(carried({ tables: inShop("orders") })).toEqual([
      ...["shop", "core", "citext", "mood", "next()", "orders_id_seq", "orders", "+orders_id_seq", "orders id"],
      ...["orders_mood", "orders touched", "TABLE orders"],
    ]);
  });

  it("brings an identity column's sequence", () => {
    expect(carried({ tables: inShop("lines") })).toEqual(["shop", "citext", "lines", "lines_id_seq"]);
  });

  it("brings partitions with their parent, and a partition alone as a table", () => {
    expect(carried({ tables: inShop("events") })).toEqual(["shop", "citext", "events", "events_1", "+events_1"]);
    expect(carried({ tables: inShop("events_1") })).toEqual(["shop", "citext", "events_1"]);
  });

  it("brings a view only where it can read", () => {
    expect(carried({ tables: inShop("recent") })).toEqual(["citext"]);
    expect(carried({ tables: inShop("recent", "orders") })).toContain("recent");
  });
});

describe("leaving tables out", () => {
  it("takes what hangs on them, their sequences and what reads them along", () => {
    const left = carried({ excludeTables: inShop("orders") });
    for (const name of ["orders", "orders_id_seq", "orders id", "recent", "orders_mood", "lines lines_order_fkey"]) {
      expect(left).not.toContain(name);
    }
    for (const name of ["lines", "customers", "rich", "mood", "all", "TABLE customers"]) expect(left).toContain(name);
  });

  it("takes partitions along with their parent", () => {
    expect(carried({ excludeTables: inShop("events") })).not.toContain("events_1");
  });

  it("keeps the definition of a parent that others inherit from", () => {
    expect(carried({ excludeTables: [{ schema: "core", name: "base" }] })).toContain("(base)");
  });

  it("works within a choice of schemas", () => {
    expect(carried({ schemas: ["core"], excludeTables: [{ schema: "core", name: "customers" }] })).toEqual([
      "core",
      "citext",
      "mood",
      "next()",
      "base",
    ]);
  });
});
