import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", "postgres://metadata");
  vi.stubEnv("FERRY_KEYS", "k1:abc");
});
afterEach(() => vi.unstubAllEnvs());

test.each<[string | undefined, string | undefined, boolean]>([
  ["embedded", "embedded", true],
  // The Inngest of the environment shows its own runs, and the runner's tables may not be there.
  ["embedded", undefined, false],
  ["hosted", "embedded", false],
  [undefined, undefined, false],
])("mode %s with engine %s: the page of runs is there: %s", async (mode, engine, hasRuns) => {
  vi.stubEnv("FERRY_MODE", mode);
  vi.stubEnv("FERRY_ENGINE", engine);
  const { abilities } = await import("./abilities");
  expect(abilities().hasRuns).toBe(hasRuns);
});
