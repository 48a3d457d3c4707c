import { expect, test } from "vitest";
import { type DataDifference, differenceInWords, tableComparisonSchema } from "./data-difference";

const found: DataDifference = {
  ...{ key: ["id"], missing: 1, extra: 0, different: 1, complete: true, reason: null },
  named: [
    {
      difference: "missing",
      row: { by: "key", values: ["7"] },
      ...{ copies: { source: 1, target: 0 }, place: { source: "(0,7)", target: null }, columns: [] },
    },
    {
      difference: "different",
      row: { by: "key", values: ["9"] },
      ...{ copies: { source: 1, target: 1 }, place: { source: "(0,9)", target: "(0,8)" } },
      columns: [{ name: "total", source: { bytes: 4 }, target: null }],
    },
  ],
};

test("a difference in a line", () => {
  expect(differenceInWords(found)).toBe(
    "rows: 1 missing, 1 different; (id) = (7) is missing on the target; (id) = (9) is different in total",
  );
  expect(differenceInWords(found, 1)).toBe("rows: 1 missing, 1 different; (id) = (7) is missing on the target");
  const unnamed = { ...found, missing: 2, different: 0, complete: false, named: [], reason: "rows were only counted" };
  expect(differenceInWords(unnamed)).toBe("rows: at least 2 missing; rows were only counted");
  expect(differenceInWords({ ...unnamed, missing: 0, reason: null })).toBe("rows: how many is not known");
});

test("a comparison survives being stored", () => {
  const comparison = {
    ...{ table: { schema: "public", name: "orders" }, level: "checksums", rows: { source: 3, target: 2 } },
    ...{ checksums: { source: "5", target: "-99999999999999999999" }, difference: found },
  };
  expect(tableComparisonSchema.parse(JSON.parse(JSON.stringify(comparison)))).toEqual(comparison);
});
