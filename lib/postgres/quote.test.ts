import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteIdentifier, quoteLiteral, quoteQualified } from "./quote";

describe("identifiers", () => {
  it.each([
    ["orders", '"orders"'],
    ["Order Lines", '"Order Lines"'],
    ['say "hi"', '"say ""hi"""'],
    ["select", '"select"'],
    ["naïve\nname", '"naïve\nname"'],
    ["back\\slash", '"back\\slash"'],
    ['"; drop table orders; --', '"""; drop table orders; --"'],
  ])("%j is written %j", (name, quoted) => expect(quoteIdentifier(name)).toBe(quoted));

  it("end where they began, and say the same name", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', "'", "\\", ".", "a", " ", ";") }), (name) => {
        const quoted = quoteIdentifier(name);
        expect(quoted).toMatch(/^"(?:[^"]|"")*"$/);
        expect(quoted.slice(1, -1).replaceAll('""', '"')).toBe(name);
      }),
    );
  });

  it("keep schema and name apart, whatever dots they hold", () => {
    expect(quoteQualified("a.b", 'c"."d')).toBe('"a.b"."c"".""d"');
  });
});

describe("literals", () => {
  it.each([
    ["plain", "'plain'"],
    ["it's", "'it''s'"],
    ["C:\\temp", " E'C:\\\\temp'"],
    ["\\'", " E'\\\\'''"],
    ["", "''"],
  ])("%j is written %j", (value, quoted) => expect(quoteLiteral(value)).toBe(quoted));

  it("end where they began, and say the same value", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '"', "\\", "a", ";", "-", "\n") }), (value) => {
        const quoted = quoteLiteral(value);
        const escaped = quoted.startsWith(" E");
        // A backslash means something only in the E'' form, and there each is doubled.
        expect(quoted).toMatch(escaped ? /^ E'(?:[^'\\]|''|\\\\)*'$/ : /^'(?:[^'\\]|'')*'$/);
        const inner = quoted.slice(escaped ? 3 : 1, -1).replaceAll("''", "'");
        expect(escaped ? inner.replaceAll("\\\\", "\\") : inner).toBe(value);
      }),
    );
  });
});
