import { describe, expect, it } from "vitest";
import type { Receiver } from "@/lib/source/receiver";
import type { ShapeSequence, ShapeTable } from "@/lib/source/shape";
import { importOptionsSchema } from "../options";
import { aColumn, aKey, aReceiver, aShape, aTable, aTrigger } from "./fixture";
import { type MismatchKind, matchShapes, mismatchKinds } from "./match";
import { mismatchSentences } from "./mismatch-words";

const choice = (options: object = {}) => ({
  host: "db.example.com",
  surroundings: { schemas: ["public"], roles: [], extensions: [], closed: [] },
  options: importOptionsSchema.parse({ content: "data", ...options }),
});

const orders = aTable("orders");
const sequence = (name: string, more: Partial<ShapeSequence> = {}): ShapeSequence => ({
  ...{ schema: "public", name, lowest: "1", highest: "100", owned: true, column: null },
  ...more,
});

/** The target as it is, and what is said of it; the source has `public.orders (id integer, note text)`. */
const CASES: [string, Partial<ShapeTable> | null, Partial<Receiver>, [MismatchKind, string][]][] = [
  ["the same", {}, {}, []],
  ["no such table", null, {}, [["missing_table", "public.orders"]]],
  ["a view of its name", { kind: "v" }, {}, [["not_a_table", "public.orders (a view there)"]]],
  [
    "a partitioned one",
    { kind: "p" },
    {},
    [["not_a_table", "public.orders (a partitioned table there, and not one here)"]],
  ],
  ["another's", { owned: false }, {}, [["not_owned", "public.orders"]]],
  ["hidden rows", { rowsHidden: true }, {}, [["row_security", "public.orders"]]],
  ["rows", {}, { filled: [{ schema: "public", name: "orders" }] }, [["not_empty", "public.orders"]]],
  ["a column less", { columns: [aColumn("id")] }, {}, [["missing_column", "public.orders.note"]]],
  [
    "another type",
    { columns: [aColumn("id", { type: "bigint" }), aColumn("note", { type: "text" })] },
    {},
    [["type", "public.orders.id (integer, there bigint)"]],
  ],
  [
    "a generated column",
    { columns: [aColumn("id"), aColumn("note", { type: "text", generated: true })] },
    {},
    [["generated", "public.orders.note (generated only there)"]],
  ],
  ["a column more", { columns: [...orders.columns, aColumn("extra")] }, {}, []],
  [
    "a column more that must have a value",
    { columns: [...orders.columns, aColumn("extra", { needed: true })] },
    {},
    [["needed_column", "public.orders.extra"]],
  ],
  [
    "a column more that is generated",
    { columns: [...orders.columns, aColumn("x", { needed: true, generated: true })] },
    {},
    [],
  ],
  [
    "a key of another",
    {},
    { keys: [aKey("orders", "x", { owned: false })] },
    [["key_of_others", "public.orders orders_fkey"]],
  ],
  ["a key that is off", {}, { keys: [aKey("x", "orders", { enabled: false })] }, [["key_disabled", "public.x x_fkey"]]],
  ["a key of tables that do not come", {}, { keys: [aKey("x", "y", { owned: false, enabled: false })] }, []],
  [
    "a partition's trigger",
    {},
    { triggers: [aTrigger("orders", "t", { fixed: true })] },
    [["fixed_trigger", "public.orders t"]],
  ],
  ["one that does not fire", {}, { triggers: [aTrigger("orders", "t", { fixed: true, enabled: "D" })] }, []],
];

describe("what is on the target already", () => {
  it.each(CASES)("%s", (_what, twin, more, mismatches) => {
    const target = aReceiver(twin ? [aTable("orders", twin)] : [], more);
    const matching = matchShapes(aShape([orders]), target, choice());
    expect(matching.mismatches.map(({ kind, words }) => [kind, words])).toEqual(mismatches);
    expect(matching.tables).toEqual([orders]);
  });

  it("may have columns of its own, which are not compared", () => {
    const target = aReceiver([aTable("orders", { columns: [...orders.columns, aColumn("extra")] })]);
    expect([...matchShapes(aShape([orders]), target, choice()).withMore]).toEqual([orders.oid]);
  });

  it("does not matter where the table stays behind", () => {
    const leaf = aTable("may", { ancestors: [{ schema: "public", name: "days" }] });
    const target = aReceiver([]);
    for (const options of [
      { excludeTables: ["orders", "days"] },
      { excludeTableData: ["orders", "days"] },
      { schemas: ["other"] },
      { tables: ["other.t"] },
    ]) {
      expect(matchShapes(aShape([orders, leaf]), target, choice(options)), JSON.stringify(options)).toMatchObject({
        ...{ tables: [], mismatches: [], aside: { tables: [], keys: [], triggers: [] } },
      });
    }
    expect(matchShapes(aShape([orders, leaf]), target, choice({ tables: ["days"] })).tables).toEqual([leaf]);
  });

  it("says each kind in a sentence, with a remedy and no more than ten names", () => {
    const many = mismatchKinds.flatMap((kind) => Array.from({ length: 12 }, (_, n) => ({ kind, words: `t${n}` })));
    const sentences = mismatchSentences(many);
    expect(sentences.map(({ kind }) => kind)).toEqual([...mismatchKinds]);
    for (const { message, remedy } of sentences) {
      expect(message).toMatch(/^[A-Z].*: t0, .*t9 and 2 more\.$/);
      expect(remedy).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("what is put aside", () => {
  it("is each key at either end, also of a partition's parents, and each trigger that fires", () => {
    const may = aTable("may", { ancestors: [{ schema: "public", name: "days" }] });
    const keys = [aKey("orders", "x"), aKey("x", "orders"), aKey("days", "x"), aKey("x", "y")];
    const triggers = ["O", "D", "R", "A"].map((enabled) => aTrigger("orders", enabled, { enabled }));
    const target = aReceiver([aTable("orders"), may], { keys, triggers: [...triggers, aTrigger("x", "t")] });
    const { aside } = matchShapes(aShape([orders, may]), target, choice());
    expect(aside.keys.map(({ table, references }) => [table, references.name])).toEqual([
      ["orders", "x"],
      ["x", "orders"],
      ["days", "x"],
    ]);
    expect(aside.triggers.map(({ name }) => name)).toEqual(["O", "A"]);
    expect(aside.tables.map(({ name }) => name)).toEqual(["orders", "may"]);
  });
});

describe("sequences", () => {
  const column = { schema: "public", table: "orders", name: "id" };
  it("are those of the same column, or of the same name", () => {
    const source = aShape([orders], {
      sequences: [sequence("old_seq", { column }), sequence("free"), sequence("gone"), sequence("theirs")],
    });
    const target = aReceiver([aTable("orders")], {
      sequences: [sequence("new_seq", { column }), sequence("free"), sequence("theirs", { owned: false })],
    });
    const { sequences, left, mismatches } = matchShapes(source, target, choice());
    expect(sequences.map((pair) => [pair.source.name, pair.target.name])).toEqual([
      ["old_seq", "new_seq"],
      ["free", "free"],
    ]);
    expect(left.map(({ object }) => object)).toEqual(["sequence public.gone", "sequence public.theirs"]);
    expect(mismatches).toEqual([]);
  });

  it("stay where their table stays, and may not have other limits", () => {
    const source = aShape([orders], { sequences: [sequence("a", { column }), sequence("b", { highest: "9" })] });
    const target = aReceiver([], { sequences: [sequence("a", { column, highest: "7" }), sequence("b")] });
    const { sequences, mismatches } = matchShapes(source, target, choice({ excludeTables: ["orders"] }));
    expect(sequences.map((pair) => pair.source.name)).toEqual(["b"]);
    expect(mismatches).toEqual([{ kind: "sequence", words: "public.b (1 to 9, there 1 to 100)" }]);
  });
});

describe("materialized views", () => {
  const view = (oid: number, name: string, reads: string[], owned = true): Receiver["views"][number] => ({
    ...{ oid, schema: "public", name, owned },
    reads: reads.map((relation) => ({ schema: "public", name: relation, kind: "r" })),
  });

  it("are refreshed if they read what was loaded, each after those that it reads", () => {
    const views = [
      view(1, "top", ["sums"]),
      view(2, "sums", ["orders"]),
      view(3, "other", ["x"]),
      view(4, "no", ["orders"], false),
    ];
    const matching = matchShapes(aShape([orders]), aReceiver([aTable("orders")], { views }), choice());
    expect(matching.views).toEqual([
      { oid: 2, schema: "public", name: "sums", after: [] },
      { oid: 1, schema: "public", name: "top", after: [2] },
    ]);
    expect(matching.left.map(({ object }) => object)).toEqual(["materialized view public.no"]);
  });
});
