import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ranksOf } from "./rank";

const graphs = fc
  .array(fc.record({ cost: fc.nat(1_000), waitsFor: fc.array(fc.nat(), { maxLength: 4 }) }), { maxLength: 40 })
  .map((rows) =>
    rows.map(({ cost, waitsFor }, index) => ({
      id: `unit ${index}`,
      cost,
      dependsOn: index === 0 ? [] : [...new Set(waitsFor.map((number) => `unit ${number % index}`))],
    })),
  );

describe("the rank of a unit", () => {
  it("puts a short unit that much waits for before a longer one that nothing waits for", () => {
    const ranks = ranksOf([
      { id: "add key", cost: 0.1, dependsOn: [] },
      { id: "validate", cost: 5, dependsOn: ["add key"] },
      { id: "analyze", cost: 2, dependsOn: ["of a plan stored before"] },
    ]);
    expect(Object.fromEntries(ranks)).toEqual({ "add key": 5.1, validate: 5, analyze: 2 });
  });

  it("is its cost and the highest rank of what waits for it", () => {
    fc.assert(
      fc.property(graphs, (units) => {
        const ranks = ranksOf(units);
        for (const { id, cost } of units) {
          const behind = units.filter(({ dependsOn }) => dependsOn.includes(id)).map((unit) => ranks.get(unit.id) ?? 0);
          expect(ranks.get(id)).toBe(cost + Math.max(0, ...behind));
        }
      }),
    );
  });

  it("is known for a hundred thousand units in no time that counts", () => {
    const units = Array.from({ length: 100_000 }, (_, index) => ({
      id: `${index}`,
      cost: 1,
      dependsOn: index === 0 ? [] : [`${index - 1}`],
    }));
    expect(ranksOf(units).get("0")).toBe(100_000);
  });
});
