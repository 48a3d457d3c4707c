import { describe, expect, it } from "vitest";
import { neonExtension, neonExtensionNames } from "./neon-extensions";

describe("the list of what Neon offers", () => {
  it("has a version or a dash for each Postgres from 14 to 18", () => {
    expect(neonExtensionNames.length).toBeGreaterThan(75);
    expect(new Set(neonExtensionNames).size).toBe(neonExtensionNames.length);
    for (const name of neonExtensionNames) {
      const versions = [14, 15, 16, 17, 18].map((major) => neonExtension(name, major)?.version ?? "-");
      expect(versions.join(" "), name).toMatch(/^(?:(?:\d[\d.]*|-) ){4}(?:\d[\d.]*|-)$/);
      expect(
        versions.some((version) => version !== "-"),
        name,
      ).toBe(true);
    }
  });

  it.each([
    ["vector", 18, "0.8.1"],
    ["uuid-ossp", 14, "1.1"],
    ["postgis", 17, "3.5.0"],
    ["plv8", 17, "3.2.3"],
    ["plv8", 18, undefined],
    ["ulid", 16, "0.1.5"],
    ["ulid", 17, undefined],
    ["file_fdw", 17, undefined],
    ["pg_trgm", 13, undefined],
    ["pg_trgm", 19, undefined],
  ])("%s on Postgres %i is %s", (name, major, version) => {
    expect(neonExtension(name, major)?.version).toBe(version);
  });

  it("says what has to be switched on first", () => {
    expect(neonExtension("pg_cron", 17)?.isSwitchedOnFirst).toBe(true);
    expect(neonExtension("citext", 17)?.isSwitchedOnFirst).toBe(false);
  });
});
