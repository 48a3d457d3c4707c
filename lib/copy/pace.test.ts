import fc from "fast-check";
import { expect, it } from "vitest";
import { Pace } from "./pace";

const chunks = fc.array(
  fc.record({ bytes: fc.integer({ min: 1, max: 65_536 }), restMs: fc.integer({ min: 0, max: 500 }) }),
  {
    minLength: 1,
    maxLength: 60,
  },
);

it("lets no more through than the limit, but for a burst and the chunk at hand", () => {
  fc.assert(
    fc.property(chunks, fc.integer({ min: 1_000, max: 100_000_000 }), (list, limit) => {
      const pace = new Pace();
      pace.limit = limit;
      let now = 1_000;
      let passed = 0;
      for (const { bytes, restMs } of list) {
        passed += bytes;
        expect(passed).toBeLessThanOrEqual((limit * (now - 1_000 + 100)) / 1_000 + bytes + 1);
        // Whoever reads waits as told, and then as long as it has to for other reasons.
        now += pace.holdMs(bytes, now) + restMs;
      }
    }),
  );
});

it("is not held back by what came without a limit, or under a lower one for long", () => {
  const pace = new Pace();
  expect(pace.holdMs(1e9, 0)).toBe(0);
  pace.limit = 1_000;
  expect(pace.holdMs(100, 10)).toBeLessThanOrEqual(100);
  pace.limit = null;
  expect(pace.holdMs(1e9, 20)).toBe(0);
});
