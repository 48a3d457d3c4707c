import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTableName, parseTableName } from "./table-name";

describe("a table's name", () => {
  it.each([
    ["orders", "public", "orders"],
    ["shop.orders", "shop", "orders"],
    ["Shop.Orders", "Shop", "Orders"],
    ['"shop.eu"."orders.2024"', "shop.eu", "orders.2024"],
    ['"say ""hi""".x', 'say "hi"', "x"],
    ['shop."select"', "shop", "select"],
    ["my schema.my table", "my schema", "my table"],
    ["größe.日本", "größe", "日本"],
    ['"orders"', "public", "orders"],
  ])("%s", (text, schema, name) => {
    expect(parseTableName(text)).toEqual({ schema, name });
  });

  it.each(["", ".", "a.", ".a", "a..b", "a.b.c", '""', 'a.""', '"a', 'a"', '"a"b', 'a"b"', '"a".', '"a"."b"."c"'])(
    "%j is none",
    (text) => {
      expect(parseTableName(text)).toBeNull();
    },
  );

  const part = fc.oneof(
    fc.string({ minLength: 1, maxLength: 63 }),
    fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom("a", ".", '"', " ", "Ä") }),
  );

  it("is read as it was written, whatever it holds", () => {
    fc.assert(
      fc.property(part, part, (schema, name) => {
        expect(parseTableName(formatTableName({ schema, name }))).toEqual({ schema, name });
      }),
    );
  });

  it("is never another table's", () => {
    expect(formatTableName({ schema: "a.b", name: "c" })).not.toBe(formatTableName({ schema: "a", name: "b.c" }));
    expect(formatTableName({ schema: "public", name: "orders" })).toBe("public.orders");
  });
});
