import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type KeyType, keyTypes } from "@/lib/source/table-keys";
import { rowsAtEdges, timesCopied } from "./coverage";
import { keyMiddle, keyNumber, keyRanges, keyText } from "./key-values";
import { key, keyValue } from "./plan-arbitraries";

const table = { oid: 1, schema: "public", name: "t" };
const typed = fc
  .constantFrom(...keyTypes)
  .chain((type) => fc.record({ type: fc.constant(type), left: keyValue(type), right: keyValue(type) }));

describe("a key's value as a number", () => {
  it.each<[KeyType, string, bigint | null]>([
    ["int8", "-9223372036854775808", -(2n ** 63n)],
    ["int4", "1.5", null],
    ["uuid", "00000000-0000-0000-0000-0000000000ff", 255n],
    ["uuid", "no uuid", null],
    ["date", "1970-01-02", 1n],
    ["date", "1969-12-31", -1n],
    ["date", "infinity", null],
    ["date", "0044-03-15 BC", null],
    ["date", "2024-13-01", null],
    ["timestamp", "1970-01-01T00:00:01.5", 1_500_000n],
    ["timestamp", "1969-12-31T23:59:59.999999", -1n],
    ["timestamptz", "1970-01-01T02:00:00+02:00", 0n],
    ["timestamptz", "1969-12-31T14:30:00-09:30", 0n],
    ["timestamptz", "1850-01-01T00:00:00+00:19:32", null],
    ["timestamptz", "-infinity", null],
  ])("%s %s", (type, text, number) => {
    expect(keyNumber(type, text)).toBe(number);
  });

  it("and back is the same value", () => {
    fc.assert(
      fc.property(typed, ({ type, left }) => {
        const number = keyNumber(type, left);
        fc.pre(number !== null);
        expect(keyNumber(type, keyText(type, number))).toBe(number);
      }),
    );
  });
});

describe("ranges of a key", () => {
  it.each([
    ["as many as asked for, where the bounds allow it", ["1", "100", "200", "300", "400"], 4, ["100", "200", "300"]],
    ["between the ends, where nothing else is known", ["0", "1000"], 4, ["250", "500", "750"]],
    ["fewer where few values are known", ["1", "2"], 8, ["2"]],
    ["one of a single value", ["7"], 4, []],
    ["one where nothing is known", [], 4, []],
    ["in order, whatever the statistics say", ["30", "10", "20", "10"], 2, ["20"]],
  ])("are %s", (_name, bounds, count, cuts) => {
    const ranges = keyRanges({ column: "id", type: "int4", bounds }, count);
    expect(ranges.map(({ to }) => to)).toEqual([...cuts, null]);
    expect(ranges.map(({ from }) => from)).toEqual([null, ...cuts]);
  });

  it("hold every value exactly once, whatever the bounds are", () => {
    fc.assert(
      fc.property(
        key,
        fc.integer({ min: 0, max: 120 }),
        fc.array(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 130n })),
        (one, count, values) => {
          const parts = keyRanges(one, count).map((range) => ({ table, range }));
          const copies = timesCopied(parts);
          expect(parts.length).toBeLessThanOrEqual(Math.max(count, 1));
          const rows = [...values.map((number) => ({ oid: 1, page: 0, key: number })), ...rowsAtEdges(parts)];
          expect(rows.filter((row) => copies(row) !== 1)).toEqual([]);
        },
      ),
    );
  });
});

describe("the middle of a range", () => {
  it("leaves the least below it and the most not, or there is none", () => {
    fc.assert(
      fc.property(key, typed, (one, { type, left, right }) => {
        const [a, b] = [keyNumber(type, left), keyNumber(type, right)];
        fc.pre(a !== null && b !== null);
        const [least, most] = a < b ? [left, right] : [right, left];
        const middle = keyMiddle({ ...one, type, bounds: one.type === type ? one.bounds : [] }, least, most);
        if (a === b) expect(middle).toBeNull();
        else {
          const number = keyNumber(type, middle ?? "") ?? 0n;
          const [from, to] = [keyNumber(type, least) ?? 0n, keyNumber(type, most) ?? 0n];
          expect(number > from && number <= to).toBe(true);
        }
      }),
    );
  });

  it("is a known value where one lies between, and is none beside infinity", () => {
    const int = { column: "id", type: "int4" as const, bounds: ["1", "900", "950", "1000"] };
    expect(keyMiddle(int, "1", "1000")).toBe("950");
    expect(keyMiddle(int, "1", "500")).toBe("251");
    expect(keyMiddle({ column: "at", type: "date", bounds: ["2024-01-01"] }, "2020-01-01", "infinity")).toBeNull();
  });
});
