import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildSettings, machineOf, sortBytes, sortsUnordered } from "./build-settings";

const GB = 1024 ** 3;

it.each<[string, Parameters<typeof buildSettings>, ReturnType<typeof buildSettings>]>([
  [
    "a small machine whose processors are all taken",
    [2, { processors: 2, memoryBytes: 8 * GB }, GB],
    { memoryBytes: GB / 2, workers: 0 },
  ],
  [
    "a machine with processors to spare",
    [2, { processors: 8, memoryBytes: 64 * GB }, GB],
    { memoryBytes: GB, workers: 3 },
  ],
  ["a large machine", [1, { processors: 64, memoryBytes: 512 * GB }, GB], { memoryBytes: GB, workers: 4 }],
  [
    "more lanes than processors",
    [16, { processors: 4, memoryBytes: 16 * GB }, GB],
    { memoryBytes: GB / 8, workers: 0 },
  ],
  ["an address with stock settings", [2, null, GB / 8], { memoryBytes: GB / 8, workers: null }],
  ["an address of a large server", [4, null, 16 * GB], { memoryBytes: GB, workers: null }],
])("%s", (_, given, settings) => {
  expect(buildSettings(...given)).toEqual(settings);
});

it("takes no more of a machine than its share, whatever the lanes", () => {
  const machine = fc.record({
    processors: fc.integer({ min: 1, max: 256 }),
    memoryBytes: fc.integer({ min: GB, max: 512 * GB }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 16 }), machine, (lanes, given) => {
      const { memoryBytes, workers } = buildSettings(lanes, given, GB);
      expect(memoryBytes * lanes).toBeLessThanOrEqual(given.memoryBytes / 8);
      expect(lanes * (1 + (workers ?? 0))).toBeLessThanOrEqual(Math.max(lanes, given.processors));
    }),
  );
});

it("knows this machine by its own names only", () => {
  expect(machineOf({ host: "localhost" })?.processors).toBeGreaterThan(0);
  expect(machineOf({ host: "db.example.org" })).toBeNull();
});

describe("the memory for a sort", () => {
  const NEAR = 8 * 1024 ** 2;
  const PER_RUN = 272 * 1024;

  it("is little, and enough for one merge, whatever there is to sort", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4096 * GB }), (bytes) => {
        const memory = sortBytes(bytes);
        const runs = bytes / (memory / 2);
        expect(runs).toBeLessThanOrEqual(Math.max(memory / PER_RUN, 6));
        expect(memory).toBeLessThanOrEqual(Math.max(NEAR, bytes));
      }),
    );
  });

  it.each([
    ["CREATE INDEX i ON public.t USING btree (a, b);", true],
    ["CREATE UNIQUE INDEX i ON ONLY public.t USING btree (a) WHERE (a > 0);", true],
    ["ALTER TABLE ONLY public.t\n    ADD CONSTRAINT t_pkey PRIMARY KEY (a, b);", false],
    ["ALTER TABLE ONLY public.t\n    ADD CONSTRAINT t_a_key UNIQUE NULLS NOT DISTINCT (a);", false],
    ["ALTER TABLE ONLY public.t\n    ADD CONSTRAINT t_excl EXCLUDE USING gist (a WITH &&);", false],
    ["CREATE INDEX i ON public.t USING gin (title public.gin_trgm_ops);", false],
    ["CREATE INDEX i ON public.t USING brin (at);", false],
  ])("is spared for what comes in no order: %s", (statement, unordered) => {
    expect(sortsUnordered(statement)).toBe(unordered);
  });
});
