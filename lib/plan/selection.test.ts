import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { importOptionsSchema } from "./options";
import { tablesInScope } from "./scope";
import { filterOf, type SelectableSchema, type Selection, selectionOf } from "./selection";
import { formatTableName } from "./table-name";

const tree: SelectableSchema[] = [
  { name: "auth", tables: ["users"], isProviders: true },
  { name: "bare", tables: [], isProviders: false },
  { name: "public", tables: ["lines", "orders"], isProviders: false },
  { name: "shop", tables: ["a.b"], isProviders: false },
];
const selection = (schemas: string[], leftOut: string[] = [], withoutData: string[] = []): Selection => ({
  schemas: new Set(schemas),
  leftOut: new Set(leftOut),
  withoutData: new Set(withoutData),
});
const none = { schemas: [], tables: [], excludeTables: [], excludeTableData: [] };

describe("what was chosen, as options", () => {
  it.each([
    ["everything but the provider's own", selection(["bare", "public", "shop"], ["auth.users"]), none],
    [
      "without a table and without the rows of another",
      selection(["bare", "public", "shop"], ["auth.users", "public.lines"], ["public.orders"]),
      { ...none, excludeTables: ["public.lines"], excludeTableData: ["public.orders"] },
    ],
    [
      "one schema",
      selection(["shop"], ["auth.users", "public.lines", "public.orders"]),
      { ...none, schemas: ["shop"] },
    ],
    [
      "the provider's own as well",
      selection(["auth", "bare", "public", "shop"]),
      { ...none, schemas: ["auth", "bare", "public", "shop"] },
    ],
  ])("%s", (_, chosen, options) => {
    expect(filterOf(tree, chosen)).toEqual(options);
    expect(selectionOf(tree, filterOf(tree, chosen))).toEqual(chosen);
  });

  it("names the few that come of very many, so that the list stays short", () => {
    const tables = Array.from({ length: 10_000 }, (_, number) => `many_${number}`);
    const many: SelectableSchema[] = [{ name: "public", tables, isProviders: false }];
    const leftOut = tables.slice(3).map((name) => `public.${name}`);
    const options = filterOf(many, selection(["public"], leftOut));
    expect(options).toEqual({ ...none, tables: ["public.many_0", "public.many_1", "public.many_2"] });
    expect(selectionOf(many, options)).toEqual(selection(["public"], leftOut));
  });

  it("means the same to whoever decides on a table", () => {
    const name = fc.constantFrom("a", "b", "c.d", 'e"f', "G h");
    const schemas = fc.uniqueArray(fc.record({ name, tables: fc.uniqueArray(name), isProviders: fc.constant(false) }), {
      selector: (schema) => schema.name,
      minLength: 1,
    });
    fc.assert(
      fc.property(schemas, fc.func(fc.boolean()), (random, isIn) => {
        const keys = (schema: SelectableSchema) =>
          schema.tables.map((table) => formatTableName({ schema: schema.name, name: table }));
        const leftOut = random.flatMap(keys).filter((key) => !isIn(key));
        const isChosen = (schema: SelectableSchema) =>
          schema.tables.length === 0 ? isIn(schema.name) : keys(schema).some((key) => isIn(key));
        const chosen = random.filter(isChosen).map((schema) => schema.name);
        fc.pre(chosen.length > 0);
        const options = filterOf(random, selection(chosen, leftOut));
        expect(selectionOf(random, options)).toEqual(selection(chosen, leftOut));
        const surroundings = { schemas: [], roles: [], extensions: [], closed: [] };
        const inScope = tablesInScope({
          host: "db.example",
          surroundings,
          options: importOptionsSchema.parse(options),
        });
        for (const schema of random)
          for (const table of schema.tables) {
            const key = formatTableName({ schema: schema.name, name: table });
            expect(inScope({ schema: schema.name, name: table, ancestors: [] })).toBe(isIn(key));
          }
      }),
    );
  });
});
