import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Inventory } from "@/lib/source/inventory";
import { importOptionsSchema } from "../options";
import { serverOf, tableOf } from "../plan-arbitraries";
import { type Aside, asideDifferences, asideScript } from "./aside";
import { aKey, aReceiver, aShape, aTable, aTrigger } from "./fixture";
import { matchShapes } from "./match";
import { ASIDE_UNIT, makeDataPlan } from "./plan";

const MB = 1024 ** 2;
const options = importOptionsSchema.parse({ content: "data", verify: "checksums" });
const surroundings = { schemas: ["public"], roles: [], extensions: [], closed: [] };

/** Tables of these sizes; keys join them by number, the last number being a table that does not come. */
function planOf(sizes: number[], keys: [number, number][], triggers: number[]) {
  const names = [...sizes.map((_, index) => `t${index}`), "other"];
  const shapes = sizes.map((_, index) => aTable(`t${index}`));
  const inventory: Inventory = {
    server: serverOf(15),
    tables: shapes.map(({ oid, name }, index) => tableOf(oid, { name, bytes: sizes[index] ?? 0, pages: 100 })),
    ...{ sequences: [], materializedViews: [], types: [], surroundings },
    largeObjects: { count: 0, bytes: 0, unreadable: 0, starts: [] },
  };
  const receiver = aReceiver(shapes, {
    keys: keys.map(([from, to], index) => aKey(names[from] ?? "", names[to] ?? "", { name: `key_${index}` })),
    triggers: triggers.map((table, index) => aTrigger(names[table] ?? "", `trigger_${index}`)),
  });
  const matching = matchShapes(aShape(shapes), receiver, { host: "h", surroundings, options });
  return { matching, plan: makeDataPlan(matching, inventory, options) };
}

const graphs = fc.integer({ min: 1, max: 6 }).chain((count) =>
  fc.record({
    sizes: fc.array(fc.constantFrom(0, MB, 20 * MB, 700 * MB), { minLength: count, maxLength: count }),
    keys: fc.array(fc.tuple(fc.nat(count), fc.nat(count)), { maxLength: 120 }),
    triggers: fc.array(fc.nat(count), { maxLength: 20 }),
  }),
);

describe("a plan of data only", () => {
  it("puts everything aside before the first row, and each thing back once, after the rows of its tables", () => {
    fc.assert(
      fc.property(graphs, ({ sizes, keys, triggers }) => {
        const { matching, plan } = planOf(sizes, keys, triggers);
        const byId = new Map(plan.units.map((unit) => [unit.id, unit]));
        expect(byId.size).toBe(plan.units.length);
        const behind = (id: string, seen = new Set<string>()): Set<string> => {
          for (const before of byId.get(id)?.dependsOn ?? []) {
            expect(byId.has(before), before).toBe(true);
            if (!seen.has(before)) behind(before, seen.add(before));
          }
          return seen;
        };
        for (const { id } of plan.units) if (id !== ASIDE_UNIT) expect(behind(id)).toContain(ASIDE_UNIT);
        const copies = new Map<string, string[]>();
        for (const { id, payload } of plan.units) {
          if (payload.kind !== "copy") continue;
          for (const { table } of payload.parts) copies.set(table.name, [...(copies.get(table.name) ?? []), id]);
        }
        const statements = plan.units.flatMap(({ id, payload }) =>
          "statements" in payload ? payload.statements.map((one) => ({ ...one, id })) : [],
        );
        for (const key of matching.aside.keys) {
          const own = statements.filter(({ subject }) => subject === `public.${key.table} ${key.name}`);
          expect(own.map(({ kind }) => kind)).toEqual(["FOREIGN KEY", "VALID FOREIGN KEY"]);
          expect(own[0]?.statement).toMatch(/ NOT VALID;$/);
          for (const end of [key.table, key.references.name])
            for (const { id } of own) for (const copy of copies.get(end) ?? []) expect(behind(id)).toContain(copy);
        }
        for (const trigger of matching.aside.triggers) {
          const own = statements.filter(
            ({ kind, subject }) => kind === "TRIGGER" && subject.endsWith(` ${trigger.name}`),
          );
          expect(own).toHaveLength(1);
          for (const { id } of own) {
            const others = plan.units.filter(({ payload }) => payload.kind !== "post").map((unit) => unit.id);
            expect([...behind(id)]).toEqual(expect.arrayContaining(others));
          }
        }
        expect(plan.tables.every(({ withData }) => withData)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe("what is put back", () => {
  const { enabled: _, owned: __, ...key } = aKey("orders", "people", { comment: "it's" });
  const { fixed: ___, ...trigger } = aTrigger("orders", "t", { enabled: "A" });
  const aside: Aside = { tables: [], keys: [key], triggers: [trigger] };
  const standing = { keys: [aKey("orders", "people")], triggers: [aTrigger("orders", "t", { enabled: "A" })] };

  it("is written as SQL for a person", () => {
    expect(asideScript(aside)).toEqual([
      'alter table "public"."orders" add constraint "orders_fkey" FOREIGN KEY (id) REFERENCES public.people(id) NOT VALID;',
      `comment on constraint "orders_fkey" on "public"."orders" is 'it''s';`,
      'alter table "public"."orders" validate constraint "orders_fkey";',
      'alter table "public"."orders" enable always trigger "t";',
    ]);
  });

  it.each([
    ["FOREIGN KEY (id) REFERENCES public.people(id) NOT VALID", false],
    ["FOREIGN KEY (id) REFERENCES public.people(id) NOT ENFORCED", false],
  ])("stays %s", (definition, partitioned) => {
    expect(asideScript({ ...aside, keys: [{ ...key, comment: null, definition, partitioned }], triggers: [] })).toEqual(
      [`alter table "public"."orders" add constraint "orders_fkey" ${definition};`],
    );
  });

  it.each([
    ["all", standing, []],
    ["no key", { ...standing, keys: [] }, ["foreign key public.orders orders_fkey"]],
    [
      "a key that was not validated",
      { ...standing, keys: [{ ...aKey("orders", "people"), definition: `${key.definition} NOT VALID` }] },
      ["valid foreign key public.orders orders_fkey"],
    ],
    ["another key", { ...standing, keys: [aKey("orders", "x")] }, ["foreign key public.orders orders_fkey"]],
    ["another state", { ...standing, triggers: [aTrigger("orders", "t")] }, ["trigger public.orders t"]],
    ["no trigger", { ...standing, triggers: [] }, ["trigger public.orders t"]],
  ])("is compared: %s", (_what, now, subjects) => {
    expect(asideDifferences(aside, now).map(({ subject }) => subject)).toEqual(subjects);
  });
});
