import { describe, expect, it } from "vitest";
import type { ArchiveEntry } from "@/lib/schema/archive";
import type { Verdict } from "@/lib/schema/policy/context";
import type { Inventory } from "@/lib/source/inventory";
import { makePlan } from "./from-verdicts";
import { importOptionsSchema } from "./options";
import { serverOf, tableOf } from "./plan-arbitraries";
import type { UnitKind } from "./unit";

const entry = (id: number, kind: string, name: string, more: Partial<ArchiveEntry> = {}): ArchiveEntry => ({
  id,
  kind,
  schema: "public",
  name,
  owner: "anna",
  classOid: 1259,
  objectOid: 100 + id,
  dependencies: [],
  section: "pre-data",
  statement: `CREATE ${kind} ${name};`,
  dropStatement: "",
  tablespace: null,
  accessMethod: null,
  relationKind: null,
  ...more,
});

const verdict = (one: ArchiveEntry, more: Partial<Verdict> = {}): Verdict => ({
  entry: one,
  action: "apply",
  statement: one.statement,
  ...more,
});

const orders = entry(1, "TABLE", "orders");
const audit = entry(2, "TABLE", "audit");
const numbers = entry(3, "SEQUENCE", "numbers");
const best = entry(4, "MATERIALIZED VIEW", "best");
const ordersKey = entry(5, "CONSTRAINT", "orders orders_pkey", { section: "post-data", dependencies: [1] });
const bestIndex = entry(6, "INDEX", "best_index", { section: "post-data", dependencies: [4] });
const trigger = entry(7, "TRIGGER", "orders stamp", { section: "post-data", dependencies: [1] });
const extension = entry(8, "EXTENSION", "exotic", { schema: null });
const all = [orders, audit, numbers, best, ordersKey, bestIndex, trigger, extension];

const relation = (one: ArchiveEntry) => ({ oid: one.objectOid, schema: "public", name: one.name, readable: true });
const inventory: Inventory = {
  server: serverOf(15),
  tables: [orders, audit].map((one) => tableOf(one.objectOid, { name: one.name, estimatedRows: 5 })),
  sequences: [relation(numbers)],
  materializedViews: [{ ...relation(best), reads: [] }],
  types: [{ oid: 23, name: "int4", type: "b", elementOid: 0, baseOid: 0, subtypeOid: 0, hasBinaryForm: true }],
  largeObjects: { count: 2, bytes: 10, unreadable: 0, starts: [16_400] },
  surroundings: { schemas: [], roles: [], extensions: [], closed: [] },
};

function plan(
  options: Parameters<typeof importOptionsSchema.parse>[0] = {},
  verdicts = all.map((one) => verdict(one)),
) {
  const archive = { entries: all, serverVersion: "15.10", dumpVersion: "18.3" };
  return makePlan(archive, verdicts, inventory, importOptionsSchema.parse(options));
}

const kinds = (made: ReturnType<typeof plan>): UnitKind[] =>
  [...new Set(made.units.map(({ payload }) => payload.kind))].sort();
const copied = (made: ReturnType<typeof plan>) =>
  made.units.flatMap(({ payload }) => (payload.kind === "copy" ? payload.parts.map(({ table }) => table.name) : []));

describe("a plan", () => {
  it("of everything has each kind of work, and each table as it will travel", () => {
    const made = plan();
    expect(kinds(made)).toEqual(["analyze", "copy", "index", "post", "refresh", "schema", "sequence", "verify"]);
    expect(copied(made).sort()).toEqual(["audit", "orders"]);
    expect(made.tables).toMatchObject([
      { name: "orders", format: "binary", columns: ["id"], estimatedRows: 5, withData: true },
      { name: "audit", withData: true },
    ]);
    expect(made.skipped).toEqual([]);
  });

  it("indexes a table after its copy and a materialized view after its refresh", () => {
    const { units } = plan();
    const indexes = units.filter(({ payload }) => payload.kind === "index");
    expect(indexes.map(({ dependsOn, payload }) => [payload.kind === "index" && payload.tables, dependsOn])).toEqual([
      [[101], ["copy:1"]],
      [[104], ["refresh:104"]],
    ]);
  });

  it.each([
    [{ content: "schema" as const }, ["index", "post", "schema"], []],
    [
      { verify: "none" as const },
      ["analyze", "copy", "index", "post", "refresh", "schema", "sequence"],
      ["audit", "orders"],
    ],
    [
      { excludeTableData: ["audit"] },
      ["analyze", "copy", "index", "post", "refresh", "schema", "sequence", "verify"],
      ["orders"],
    ],
    [{ excludeTableData: ["public.audit", "orders"] }, ["index", "post", "refresh", "schema", "sequence"], []],
  ])("with %j", (options, expectedKinds, tables) => {
    const made = plan(options);
    expect(kinds(made)).toEqual(expectedKinds);
    expect(copied(made).sort()).toEqual(tables);
    expect(
      made.tables
        .filter(({ withData }) => withData)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(tables);
  });

  it("has nothing of what the policy leaves out, and says why", () => {
    const made = plan(
      {},
      all.map((one) =>
        one === audit || one === numbers
          ? verdict(one, { action: "skip", statement: "", reason: "not asked for" })
          : one === extension
            ? verdict(one, { action: "skip", statement: "" })
            : verdict(one),
      ),
    );
    expect(copied(made)).toEqual(["orders"]);
    expect(made.tables.map(({ name }) => name)).toEqual(["orders"]);
    expect(kinds(made)).not.toContain("sequence");
    expect(made.skipped).toEqual([
      { object: "table public.audit", reason: "not asked for" },
      { object: "sequence public.numbers", reason: "not asked for" },
      { object: "extension exotic", reason: "left out" },
    ]);
  });

  it("creates a table that is only needed by others, and brings it no rows", () => {
    const made = plan(
      {},
      all.map((one) => verdict(one, one === audit ? { definitionOnly: true } : {})),
    );
    expect(copied(made)).toEqual(["orders"]);
    expect(made.tables).toMatchObject([{ withData: true }, { name: "audit", withData: false }]);
  });

  it("applies the policy's statement, not the archive's", () => {
    const made = plan({}, [
      verdict(orders, { action: "rewrite", statement: "CREATE TABLE orders (rewritten int);" }),
      verdict(trigger, { action: "best-effort" }),
    ]);
    const statements = made.units.flatMap(({ payload }) => ("statements" in payload ? payload.statements : []));
    expect(statements).toMatchObject([
      { id: 1, statement: "CREATE TABLE orders (rewritten int);", bestEffort: false },
      { id: 7, subject: "public.orders stamp", bestEffort: true },
    ]);
  });
});
