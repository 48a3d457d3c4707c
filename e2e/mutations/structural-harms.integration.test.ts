import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LONG_TESTS } from "@/e2e/long-tests";
import { testServer } from "@/e2e/servers/test-servers";
import type { ObjectDifference } from "@/lib/verify/structure/compare-objects";
import { Shops } from "./harmed-copy";
import { type StructuralHarm, structuralHarms } from "./structural-harms";

const isTold = ({ names, says }: StructuralHarm, differences: ObjectDifference[]): boolean =>
  differences.some(
    ({ subject, expected, found, detail }) =>
      (typeof names === "string" ? subject === names : names.test(subject)) &&
      says.test(`${detail ?? ""}\n${expected}\n${found}`.trim()),
  );

/** As few groups as can be of harms that do not hide each other. */
function groups(harms: readonly StructuralHarm[]): StructuralHarm[][] {
  const list: { harms: StructuralHarm[]; taken: Set<string> }[] = [];
  for (const harm of harms) {
    const keys = [String(harm.names), ...(harm.apart ? [harm.apart] : [])];
    let group = list.find(({ taken }) => !keys.some((key) => taken.has(key)));
    if (!group) {
      group = { harms: [], taken: new Set() };
      list.push(group);
    }
    group.harms.push(harm);
    for (const key of keys) group.taken.add(key);
  }
  return list.map((group) => group.harms);
}

it("there are at least 35 harms, each its own", () => {
  expect(structuralHarms.length).toBeGreaterThanOrEqual(35);
  expect(new Set(structuralHarms.map(({ harm }) => harm)).size).toBe(structuralHarms.length);
});

describe.each(LONG_TESTS ? testServer.versions(15) : testServer.versions(18))("a harmed Postgres %i", (version) => {
  let shops: Shops;
  beforeAll(async () => {
    shops = await Shops.open(version);
  });
  afterAll(() => shops?.close());

  it("is equal before anything was harmed", async () => {
    expect(await shops.differencesAfter([])).toEqual([]);
  });

  const cases: (readonly [string, StructuralHarm[]])[] = LONG_TESTS
    ? structuralHarms.map((harm) => [harm.harm, [harm]] as const)
    : groups(structuralHarms).map((group, index) => [`group ${index + 1}`, group] as const);
  it.each(cases)("%s", async (_, harms) => {
    const differences = await shops.differencesAfter(harms);
    const untold = harms.filter((harm) => !isTold(harm, differences)).map(({ harm }) => harm);
    expect(untold, JSON.stringify(differences, null, 1)).toEqual([]);
  });
});
