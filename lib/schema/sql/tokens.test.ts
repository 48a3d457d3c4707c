import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits, outerTokens, tokenize } from "./tokens";

const texts = (sql: string) => tokenize(sql)?.map(({ text }) => text);

describe("tokenize", () => {
  it.each([
    ["words and symbols", "select a.b+1;", ["select", "a", ".", "b", "+", "1", ";"]],
    ["quoted names", 'a."b""c.d"', ["a", ".", '"b""c.d"']],
    ["strings with quotes", "'it''s' 'back\\'", ["'it''s'", "'back\\'"]],
    ["escape strings", "E'a\\'b' e'\\\\'", ["E'a\\'b'", "e'\\\\'"]],
    ["a name that ends in e before a string", "name'x'", ["name", "'x'"]],
    ["bit and unicode strings", "B'10' U&'d\\0061t'", ["B'10'", "U&'d\\0061t'"]],
    ["dollar quotes with other tags inside", "$a$ $$ ' $b$ $a$ x", ["$a$ $$ ' $b$ $a$", "x"]],
    ["parameters", "$1 + $2", ["$", "1", "+", "$", "2"]],
    ["a dollar within a name", "a$b$c$b$", ["a$b$c$b$"]],
    ["comments, not within strings", "a -- b 'c\n'-- d'", ["a", "'-- d'"]],
    ["letters beyond ASCII", "žluť🐘 = 1", ["žluť🐘", "=", "1"]],
  ])("reads %s", (_, sql, expected) => {
    expect(texts(sql)).toEqual(expected);
  });

  it.each(["'open", '"open', "$a$ open $$", "E'open\\'"])("refuses %s, whose quote is left open", (sql) => {
    expect(tokenize(sql)).toBeNull();
  });

  it("gives names as the server knows them", () => {
    expect(tokenize('Orders "Or""ders"')?.map(({ value }) => value)).toEqual(["orders", 'Or"ders']);
  });

  it("finds again whatever was quoted", () => {
    const name = fc.string({ unit: "binary", minLength: 1 }).map((text) => `"${text.replaceAll('"', '""')}"`);
    const string = fc.string({ unit: "binary" }).map((text) => `'${text.replaceAll("'", "''")}'`);
    const body = fc
      .string({ unit: fc.constantFrom("$", "a", "'", '"', "-", "\n", ";", "\\", "é") })
      .filter((text) => !text.includes("$tag$"))
      .map((text) => `$tag$${text}$tag$`);
    const pieces = fc.array(fc.oneof(name, string, body, fc.constantFrom(";", "select", "(", ")")));
    fc.assert(
      fc.property(pieces, (list) => {
        expect(texts(list.join(" "))).toEqual(list);
      }),
    );
  });
});

it("sees only what is outside of parentheses", () => {
  expect(outerTokens("f (a, (b)) as c").map(({ text }) => text)).toEqual(["f", "(", ")", "as", "c"]);
});

it("replaces pieces wherever they stand", () => {
  const edits = [
    { start: 4, end: 5, text: "two" },
    { start: 0, end: 1, text: "" },
  ];
  expect(applyEdits("a = b", edits)).toBe(" = two");
});
