import { expect, test } from "vitest";
import { type Asked, choiceAddress, type RunChoice, readChoice } from "./run-choice";

test.each<[Asked, RunChoice, string]>([
  [{}, {}, "/runs"],
  [{ status: "failed" }, { status: "failed" }, "/runs?status=failed"],
  [{ status: ["running", "failed"] }, { status: "running" }, "/runs?status=running"],
  [
    { function: "ferry-lane", before: "01HX0000000000000000000000" },
    { functionId: "ferry-lane", before: "01HX0000000000000000000000" },
    "/runs?function=ferry-lane&before=01HX0000000000000000000000",
  ],
  [{ status: "asleep", function: "", before: "" }, {}, "/runs"],
  [{ function: "a\0b", before: "x' or 1=1" }, {}, "/runs"],
])("%j", (asked, choice, address) => {
  expect(readChoice(asked)).toEqual(choice);
  expect(choiceAddress(choice)).toBe(address);
});
