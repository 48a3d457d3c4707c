import { expect, it } from "vitest";
import type { UnitPiece } from "@/lib/plan/unit";
import { splitInWords } from "./split-words";

const table = { oid: 1, schema: "public", name: "t" };
const copy = (part: number): UnitPiece => ({
  ...{ id: `copy:1/${part}`, subject: `t, part ${part}`, cost: 1 },
  payload: { kind: "copy", parts: [] },
});
const count = (part: number): UnitPiece => ({
  ...{ id: `verify:1/source:${part}`, subject: `t on the source, part ${part}`, cost: 1 },
  payload: { kind: "count", side: "source", table, range: null },
});
const sum: UnitPiece = { ...count(9), payload: { kind: "verify", tables: [table], counted: true } };
const search = { round: 1, within: { bits: 0, buckets: ["0"] }, complete: true, sums: "verify:1/sum/sums" };
const look = (part: number): UnitPiece => ({
  ...count(part),
  payload: { kind: "count", side: "source", table, range: null, search: { ...search, look: { as: "rows" } } },
});
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

it.each<[string, UnitPiece[], RegExp]>([
  ["a copy", numbers(2).map(copy), /^t does not fit into a step: cut into t, part 1 \| t, part 2\.$/],
  ["large objects in many", numbers(12).map(copy), / \| t, part 10 \| 2 more\.$/],
  ["a comparison", [...numbers(300).map(count), sum], /^The rows of t are counted in 300 parts\.$/],
  [
    "a search",
    [...numbers(16).map(look), sum],
    /^The rows of t differ: 16 parts are looked through for those that do\.$/,
  ],
])("says of %s into what it was cut", (_what, pieces, words) => {
  expect(splitInWords("t", pieces)).toMatch(words);
});
