import { expect, test } from "vitest";
import type { HashMethod } from "./row-hash";
import { hashMethod, type ServerTraits } from "./server-traits";

const traits = (major: number, hashes: string | null, shortHash = 7): ServerTraits => ({
  ...{ major, hashes, shortHash, encoding: "UTF8" },
});

test.each<[string, ServerTraits, ServerTraits, HashMethod]>([
  ["two that hash alike", traits(15, "1 2"), traits(18, "1 2"), "extended"],
  ["one from before there were hashes of 64 bits", traits(10, null), traits(18, "1 2"), "pairs"],
  ["two from before", traits(10, null), traits(10, null), "pairs"],
  ["two whose long hashes differ", traits(15, "1 2"), traits(18, "1 3"), "pairs"],
  ["two byte orders", traits(15, "1 2", 7), traits(18, "2 1", 8), "md5"],
  ["two byte orders, one of them old", traits(10, null, 7), traits(18, "2 1", 8), "md5"],
])("%s", (_, source, target, method) => {
  expect(hashMethod(source, target)).toBe(method);
});
