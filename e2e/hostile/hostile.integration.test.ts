import { describe, expect, it } from "vitest";
import { LONG_TESTS } from "@/e2e/long-tests";
import { explain } from "@/lib/errors/describe";
import { FerryError } from "@/lib/errors/ferry-error";
import { lookAtEnds } from "@/lib/imports/create-import";
import { type HostileCase, hostileCases } from "./behaviours";
import { type FakeServer, startFakeServer } from "./fake-server";

/** All that Ferry waits for in a row: two sessions, their first questions, and the time for the checks. */
const LIMIT_MS = 90_000;
/** Beside what the rest of Ferry takes: the largest answer, as it came and as rows. */
const MOST_GROWN_BYTES = 1_024 ** 3;
/** The longest that a person has to read. */
const LONGEST_SENTENCE = 5_000;

const all = Object.entries(hostileCases).map(([name, one]) => ({ name, ...one }));
const tried = all.filter(({ isSlow }) => LONG_TESTS || !isSlow);

it("there are more than 25 behaviours", () => {
  expect(all.length).toBeGreaterThan(25);
});

/** What comes of looking at it, as the page and the command do. */
async function lookAt(one: HostileCase, side: "source" | "target"): Promise<unknown> {
  const hostile = await startFakeServer(one);
  const honest = await startFakeServer({});
  const url = (place: FakeServer) => place.url(place === hostile ? one.more : "");
  const [source, target] = side === "source" ? [hostile, honest] : [honest, hostile];
  try {
    return await lookAtEnds({ input: { sourceText: url(source), target: { kind: "url", text: url(target) } } });
  } catch (error) {
    return error;
  } finally {
    for (const each of [hostile, honest]) each.close();
  }
}

// An unhandled rejection anywhere fails the run by itself.
describe.sequential.each(["source", "target"] as const)("a %s that", (side) => {
  // What a target says of its catalogue is one fact among many: the checks go on without it.
  const its = side === "source" ? tried : tried.filter(({ code }) => code !== "statement.failed");
  it.each(its)(
    "$name",
    async (one) => {
      const before = process.memoryUsage().rss;
      const startedAt = performance.now();
      const error = await lookAt(one, side);
      expect(error).toBeInstanceOf(FerryError);
      const { code, context } = error as FerryError;
      expect([one.code, one.or]).toContain(code);
      expect(context.side).toBe(side);
      expect(performance.now() - startedAt).toBeLessThan(LIMIT_MS);
      expect(process.memoryUsage().rss - before).toBeLessThan(MOST_GROWN_BYTES);
      const { what } = explain({ code, context });
      expect(what.length).toBeLessThan(LONGEST_SENTENCE);
      if (one.tells) expect(what).toMatch(one.tells);
    },
    LIMIT_MS + 10_000,
  );
});
