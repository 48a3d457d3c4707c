import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { loadExpressions } from "./expressions";
import type { FunctionConfig } from "./protocol";
import { admit, type Candidate, keyText, slotsFor } from "./slots";

beforeAll(loadExpressions);

const event = { id: "1", name: "e", ts: 1, data: { tenant: "a", other: { x: 1 } } };
const config = (concurrency: FunctionConfig["concurrency"]): FunctionConfig => ({
  id: "app-fn",
  triggers: [],
  steps: {},
  concurrency,
});

describe("slotsFor", () => {
  test.each([
    ["none", undefined, []],
    ["a number", 3, [{ key: "fn app-fn", limit: 3 }]],
    ["no limit at all", 0, []],
    ["a key", { limit: 2, key: "event.data.tenant" }, [{ key: 'fn app-fn event.data.tenant "a"', limit: 2 }]],
    ["a missing value", { limit: 2, key: "event.data.absent" }, [expect.objectContaining({ limit: 2 })]],
    [
      "two rules",
      [{ limit: 1 }, { limit: 9, key: "'all'", scope: "env" as const }],
      [
        { key: "fn app-fn", limit: 1 },
        { key: "env 'all' \"all\"", limit: 9 },
      ],
    ],
  ])("%s", (_, concurrency, expected) => expect(slotsFor(config(concurrency), event)).toEqual(expected));

  test("a scope beyond the function is shared with others", () => {
    const rule = { limit: 1, key: "'x'", scope: "account" as const };
    expect(slotsFor({ ...config(rule), id: "one" }, event)).toEqual(slotsFor({ ...config(rule), id: "two" }, event));
  });
});

test("keyText tells values apart that look alike", () => {
  expect(new Set([1, "1", null, "null", true, "true", ["1"], { a: 1 }].map(keyText)).size).toBe(8);
  expect(keyText(undefined)).toBe("null");
});

describe("admit", () => {
  const candidate = (id: string, ...keys: string[]): Candidate => ({
    id,
    slots: keys.map((key) => ({ key, limit: 2, held: 0 })),
  });

  test("lets the first come first, and no more than there are places", () => {
    const candidates = [candidate("1", "a"), candidate("2", "a"), candidate("3", "a"), candidate("4", "b")];
    expect(admit(candidates, 10)).toEqual(["1", "2", "4"]);
    expect(admit(candidates, 1)).toEqual(["1"]);
  });

  test("never exceeds a limit, and leaves nobody out who fits", () => {
    const keys = fc.subarray(["a", "b", "c"]);
    const candidates = fc.array(fc.record({ keys, held: fc.nat(3) }), { maxLength: 30 });
    fc.assert(
      fc.property(candidates, fc.nat(20), (items, free) => {
        const held = { a: 0, b: 1, c: 2 } as Record<string, number>;
        const offered: Candidate[] = items.map((item, index) => ({
          id: String(index),
          slots: item.keys.map((key) => ({ key, limit: 3, held: held[key] ?? 0 })),
        }));
        const admitted = new Set(admit(offered, free));
        const taken = (key: string) =>
          (held[key] ?? 0) +
          offered.filter(({ id, slots }) => admitted.has(id) && slots.some((slot) => slot.key === key)).length;
        expect(admitted.size).toBeLessThanOrEqual(free);
        for (const key of ["a", "b", "c"]) expect(taken(key)).toBeLessThanOrEqual(3);
        if (admitted.size < free) {
          for (const { id, slots } of offered) {
            if (!admitted.has(id)) expect(slots.some(({ key }) => taken(key) >= 3)).toBe(true);
          }
        }
      }),
    );
  });
});
