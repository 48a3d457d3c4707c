import { expect, it } from "vitest";
import { differencesOf } from "./verdict";

it.each([
  ["nothing where both are the same", { "shop.log": "2 a" }, { "shop.log": "2 a" }, []],
  ["other rows", { t: "2 a" }, { t: "3 b" }, ["t: 2 a on the source, 3 b on the target"]],
  ["what is missing", { t: "2 a" }, {}, ["t: 2 a on the source, absent on the target"]],
  ["what is left over", {}, { "schema _ferry": "" }, ["schema _ferry: absent on the source,  on the target"]],
])("a comparison tells %s", (_what, source, target, told) => {
  expect(differencesOf(source, target)).toEqual(told);
});
