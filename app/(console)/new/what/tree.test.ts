import { describe, expect, it, test } from "vitest";
import type { Selection } from "@/lib/plan/selection";
import { choiceOf, chooseData, chooseParts, totalOf, wholeOf } from "./tree-choice";
import { moveFor } from "./tree-keys";
import { linesOf, searchTree, withKeys } from "./tree-lines";

const table = (name: string, rows: number | null = 10) => ({ name, rows, bytes: 100, partitions: 0 });
const tree = withKeys([
  { name: "bare", tables: [] },
  { name: "public", tables: [table("lines"), table("orders", null)] },
  { name: "shop", tables: [table("lines")] },
]);
const [bare, open, shop] = tree;
if (!bare || !open || !shop) throw new Error("the tree lacks a schema");
const everything: Selection = {
  ...{ schemas: new Set(["bare", "public", "shop"]), leftOut: new Set(), withoutData: new Set() },
};
const ids = (search: string, ...closed: string[]) =>
  linesOf(searchTree(tree, search), new Set(closed)).map(({ id }) => id);

test("the tree shows what is open and fits the search", () => {
  const whole = ["all", "schema bare", "schema public", "table public.lines", "table public.orders"];
  expect(ids("")).toEqual([...whole, "schema shop", "table shop.lines"]);
  expect(ids("", "public", "shop")).toEqual(["all", "schema bare", "schema public", "schema shop"]);
  expect(ids("LIN")).toEqual(["all", "schema public", "table public.lines", "schema shop", "table shop.lines"]);
  expect(ids("shop")).toEqual(["all", "schema shop", "table shop.lines"]);
  expect(ids("pub ord")).toEqual(["all", "schema public", "table public.orders"]);
  expect(ids("nothing")).toEqual(["all"]);
});

describe("a box", () => {
  it("leaves out a table, and its schema with the last one", () => {
    const one = chooseParts(everything, [{ schema: open, keys: ["public.lines"] }], false, tree);
    expect(choiceOf(open, one)).toEqual({
      isIn: "some",
      hasData: "all",
      amount: { tables: 1, rows: 0, uncounted: 1, bytes: 100 },
    });
    const none = chooseParts(one, [{ schema: open, keys: ["public.orders"] }], false, tree);
    expect(none.schemas).toEqual(new Set(["bare", "shop"]));
    expect(choiceOf(open, none).isIn).toBe("none");
    expect(chooseParts(none, [wholeOf(open)], true, tree)).toEqual(everything);
  });

  it("of a schema without tables is its own", () => {
    const without = chooseParts(everything, [wholeOf(bare)], false, tree);
    expect(choiceOf(bare, without).isIn).toBe("none");
    expect(totalOf(tree.map((schema) => choiceOf(schema, without))).isIn).toBe("some");
  });

  it("of a search is for what was found", () => {
    const [found] = searchTree(tree, "orders");
    if (!found) throw new Error("nothing was found");
    const without = chooseParts(everything, [wholeOf(found)], false, tree);
    expect(without.leftOut).toEqual(new Set(["public.orders"]));
    expect(without.schemas).toEqual(everything.schemas);
  });

  it("of data says which rows come", () => {
    const empty = chooseData(everything, ["public.lines", "public.orders"], false);
    expect(choiceOf(open, empty)).toEqual({
      isIn: "all",
      hasData: "none",
      amount: { tables: 2, rows: 0, uncounted: 0, bytes: 0 },
    });
    const total = totalOf(tree.map((schema) => choiceOf(schema, empty)));
    expect(total).toEqual({ isIn: "all", hasData: "some", amount: { tables: 3, rows: 10, uncounted: 0, bytes: 100 } });
    expect(chooseData(empty, ["public.lines", "public.orders"], true)).toEqual(everything);
  });
});

describe("a key", () => {
  const lines = linesOf(tree, new Set(["shop"]));
  const from = (line: number, column: "name" | "data" = "name") => ({ line, column });

  it.each([
    ["ArrowDown", from(0), { to: from(1) }],
    ["ArrowDown", from(5, "data"), { to: from(5, "data") }],
    ["ArrowUp", from(0), { to: from(0) }],
    ["PageDown", from(1), { to: from(5) }],
    ["PageUp", from(5), { to: from(0) }],
    ["Home", from(4, "data"), { to: from(0, "data") }],
    ["End", from(0), { to: from(5) }],
    ["ArrowRight", from(5), { schema: "shop", isOpen: true }],
    ["ArrowRight", from(3), { to: from(3, "data") }],
    ["ArrowRight", from(3, "data"), null],
    ["ArrowLeft", from(3, "data"), { to: from(3) }],
    ["ArrowLeft", from(3), { to: from(2) }],
    ["ArrowLeft", from(2), { schema: "public", isOpen: false }],
    ["ArrowLeft", from(5), { to: from(0) }],
    ["ArrowLeft", from(0), null],
    ["x", from(0), null],
  ] as const)("%s at %j", (key, at, move) => {
    expect(moveFor(key, at, lines)).toEqual(move);
  });
});
