import { expect, it } from "vitest";
import { compareRows } from "./compare-rows";

const table = { columns: ["id", "name"], key: [{ name: "id", isText: false }] };

it.each<[string, string[][], string[][], string[]]>([
  ["nothing between equals", [["1", "a"]], [["1", "a"]], []],
  ["nothing between empty tables", [], [], []],
  [
    "another value",
    [
      ["1", "a"],
      ["2", "b"],
    ],
    [
      ["1", "a"],
      ["2", "c"],
    ],
    ["row 2 in the order of (id) is different in name"],
  ],
  ["null and empty", [["1", "null"]], [["1", "d41d"]], ["row 1 in the order of (id) is different in name"]],
  ["a value too long to look at on one side", [["1", "long"]], [["1", "d41d"]], []],
  [
    "null and a value too long to look at",
    [["1", "long"]],
    [["1", "null"]],
    ["row 1 in the order of (id) is different in name"],
  ],
  [
    "a row that is missing",
    [
      ["1", "a"],
      ["2", "b"],
    ],
    [["1", "a"]],
    ["row 2 in the order of (id) is missing on the target"],
  ],
  ["a row that is too many", [], [["1", "a"]], ["row 1 in the order of (id) is only on the target"]],
])("finds %s", (_, source, target, found) => {
  expect(compareRows(table, source, target)).toEqual(found);
});
