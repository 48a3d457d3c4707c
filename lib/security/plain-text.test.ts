import { expect, it } from "vitest";
import { plainText } from "./plain-text";

it.each([
  ["red \u001b[31mname\u001b[0m", "red \\u001b[31mname\\u001b[0m"],
  ["title \u001b]0;owned\u0007", "title \\u001b]0;owned\\u0007"],
  ["eight bits \u009b2J", "eight bits \\u009b2J"],
  ["over\rwritten\b\b", "over\\u000dwritten\\u0008\\u0008"],
  ["gpj.\u202eexe", "gpj.\\u202eexe"],
  ["two\nlines\tof żółć 表 🚢", "two\nlines\tof żółć 表 🚢"],
])("shows %j as %j", (text, shown) => {
  expect(plainText(text)).toBe(shown);
});

it("leaves JSON what it was", () => {
  const name = '\u009b31m\u202e"\u007f\\';
  const text = plainText(JSON.stringify({ name }));
  expect(text).toMatch(/^[\x20-\x7e]*$/);
  expect(JSON.parse(text)).toEqual({ name });
});
