import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { carrySchema } from "@/e2e/databases/carry";
import { loadRegression, regressionFiles } from "@/e2e/databases/regression";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";

describe("the regression database", () => {
  it("has at least 150 kinds of objects and twists", async () => {
    const texts = await Promise.all(regressionFiles(14).map((file) => readFile(file, "utf8")));
    const kinds = texts.join("\n").match(/^--: .+$/gm) ?? [];
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.length).toBeGreaterThanOrEqual(150);
  });

  describe.each(testServer.versions(14, 18))("of version %i", (from) => {
    let source: TestDatabase;
    beforeAll(async () => {
      source = await (await testServer(from)).createDatabase("regression");
      await loadRegression(source.spec, from);
    });
    afterAll(() => source.drop());

    it.each(testServer.versions(Math.max(from, 17), 18))("goes to %i and compares identical", async (to) => {
      const target = await (await testServer(to)).createDatabase("arrived");
      const carried = await carrySchema(source.spec, target.spec);
      expect(carried.failures).toEqual([]);
      expect(carried.differences).toEqual([]);
      expect(carried.source.entries.length).toBeGreaterThan(390);
      await target.drop();
    });
  });

  for (const from of testServer.versions(10, 13)) {
    it(`goes from ${from} to 18 in what ${from} may hold`, async () => {
      const source = await (await testServer(from)).createDatabase("regression");
      const target = await (await testServer(18)).createDatabase("arrived");
      await loadRegression(source.spec, from);
      const carried = await carrySchema(source.spec, target.spec);
      expect(carried.failures).toEqual([]);
      expect(carried.differences).toEqual([]);
      expect(carried.source.entries.length).toBeGreaterThan(50);
      await Promise.all([source.drop(), target.drop()]);
    });
  }
});
