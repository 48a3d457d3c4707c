import { expect, test } from "vitest";
import { growTree } from "./table-tree";

const fact = (name: string, estimatedRows: number, bytes: number, ancestors: string[] = []) => ({
  ...{ schema: "public", name, estimatedRows, bytes },
  ancestors: ancestors.map((one) => ({ schema: "public", name: one })),
});

test("partitions count for the table at their top, and what was never counted is not told as nothing", () => {
  const tree = growTree(
    ["shop", "public"],
    [{ schema: "public", name: "later" }],
    [
      fact("orders", 10, 8192),
      fact("events_1_a", 5, 100, ["events_1", "events"]),
      fact("events_2", 7, 200, ["events"]),
      fact("fresh", 0, 8192),
      fact("empty", 0, 0),
    ],
  );
  expect(tree).toEqual([
    {
      name: "public",
      tables: [
        { name: "empty", rows: 0, bytes: 0, partitions: 0 },
        { name: "events", rows: 12, bytes: 300, partitions: 2 },
        { name: "fresh", rows: null, bytes: 8192, partitions: 0 },
        { name: "later", rows: 0, bytes: 0, partitions: 0 },
        { name: "orders", rows: 10, bytes: 8192, partitions: 0 },
      ],
    },
    { name: "shop", tables: [] },
  ]);
});
