import { expect, it } from "vitest";
import { differences } from "./contents";

const contents = { rows: { "public.a": 1, "public.b": 2 }, objects: { indexes: 3 } };

it.each([
  [contents, []],
  [{ ...contents, rows: { "public.a": 1 } }, ["rows of public.b: source 2, target none"]],
  [{ ...contents, rows: { "public.a": 0, "public.b": 2 } }, ["rows of public.a: source 1, target 0"]],
  [{ ...contents, rows: { ...contents.rows, "_ferry.ledger": 9 } }, ["rows of _ferry.ledger: source none, target 9"]],
  [{ ...contents, objects: { indexes: 2 } }, ["indexes: source 3, target 2"]],
])("%j", (target, expected) => {
  expect(differences(contents, target)).toEqual(expected);
});
