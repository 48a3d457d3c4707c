import { describe, expect, it } from "vitest";
import { archiveOf, verdictsOn } from "./fixture";

const archive = archiveOf([
  { name: "orders", schema: "shop" },
  { name: "lines", schema: "shop" },
  { name: "events", schema: "shop" },
  { name: "events_1", schema: "shop" },
  { kind: "TABLE ATTACH", name: "events_1", schema: "shop", needs: ["events_1", "events"] },
  { kind: "CONSTRAINT", name: "orders orders_pkey", schema: "shop", needs: ["orders"] },
  { kind: "CONSTRAINT", name: "events_1 events_1_pkey", schema: "shop", needs: ["events_1"] },
  { kind: "FK CONSTRAINT", name: "lines lines_order_fkey", schema: "shop", needs: ["lines", "orders orders_pkey"] },
  { kind: "FK CONSTRAINT", name: "lines lines_event_fkey", schema: "shop", needs: ["lines", "events_1 events_1_pkey"] },
  { kind: "FK CONSTRAINT", name: "orders orders_first_fkey", schema: "shop", needs: ["orders", "orders orders_pkey"] },
]);

const leftOut = (...names: string[]) =>
  [
    ...verdictsOn(archive, {
      filter: {
        schemas: [],
        tables: [],
        excludeTables: [],
        withoutData: names.map((name) => ({ schema: "shop", name })),
      },
    }),
  ]
    .filter(([, { action }]) => action === "skip")
    .map(([name, { reason }]) => [name, reason]);

describe("a foreign key to a table whose rows stay behind", () => {
  it("stays behind where the rows that refer to it come", () => {
    expect(leftOut("orders")).toEqual([
      ["lines lines_order_fkey", "it refers to table shop.orders, whose rows stay behind"],
    ]);
  });

  it("also where a partition of it is what is referred to", () => {
    expect(leftOut("events")).toEqual([
      ["lines lines_event_fkey", "it refers to table shop.events_1, whose rows stay behind"],
    ]);
  });

  it("comes where both are empty, or neither", () => {
    expect(leftOut("orders", "events", "lines")).toEqual([]);
    expect(leftOut()).toEqual([]);
  });
});
