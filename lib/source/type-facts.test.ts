import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SourceType, travelsAsBinary } from "./type-facts";

const type = (oid: number, name: string, more: Partial<SourceType> = {}): SourceType => ({
  oid,
  name,
  type: "b",
  elementOid: 0,
  baseOid: 0,
  subtypeOid: 0,
  hasBinaryForm: true,
  ...more,
});

/** As a server's catalogue tells them; from 16384 on they are a user's. */
const TYPES = new Map(
  [
    type(23, "int4"),
    type(25, "text"),
    type(142, "xml"),
    type(2205, "regclass"),
    type(1033, "aclitem"),
    type(1007, "_int4", { elementOid: 23 }),
    type(143, "_xml", { elementOid: 142 }),
    type(2210, "_regclass", { elementOid: 2205 }),
    type(3642, "gtsvector", { hasBinaryForm: false }),
    type(3904, "int4range", { type: "r", subtypeOid: 23 }),
    type(4451, "int4multirange", { type: "m", subtypeOid: 23 }),
    type(16_400, "mood", { type: "e" }),
    type(16_402, "hstore"),
    type(16_410, "price", { type: "d", baseOid: 23 }),
    type(16_411, "prices", { type: "d", baseOid: 1007 }),
    type(16_412, "discount", { type: "d", baseOid: 16_410 }),
    type(16_413, "tag", { type: "d", baseOid: 16_402 }),
    type(16_414, "relation", { type: "d", baseOid: 2205 }),
    type(16_420, "span", { type: "r", subtypeOid: 23 }),
    type(16_421, "hstore_range", { type: "r", subtypeOid: 16_402 }),
    type(16_422, "span_multi", { type: "m", subtypeOid: 23 }),
    type(16_430, "_mood", { elementOid: 16_400 }),
    type(16_440, "pair", { type: "c" }),
    type(16_441, "pair_domain", { type: "d", baseOid: 16_440 }),
    type(16_450, "lost_domain", { type: "d", baseOid: 99_999 }),
    type(2249, "record", { type: "p" }),
  ].map((one) => [one.oid, one]),
);

describe("a type travels as binary", () => {
  it.each(["int4", "text", "_int4", "int4range", "int4multirange", "mood", "price", "prices", "discount", "span"])(
    "%s: its binary form means the same everywhere",
    (name) => {
      const oid = [...TYPES.values()].find((one) => one.name === name)?.oid ?? 0;
      expect(travelsAsBinary(oid, TYPES)).toBe(true);
    },
  );

  it.each([
    ["xml", "declares an encoding"],
    ["_xml", "so do its elements"],
    ["regclass", "an OID of another catalogue"],
    ["_regclass", "so are its elements"],
    ["aclitem", "names roles by OID"],
    ["gtsvector", "has no binary form"],
    ["hstore", "an extension makes no promise"],
    ["tag", "a domain over such a type"],
    ["relation", "a domain over such a type"],
    ["hstore_range", "a range over such a type"],
    ["span_multi", "a user's multirange"],
    ["_mood", "the element's OID is in the value"],
    ["pair", "the fields' OIDs are in the value"],
    ["pair_domain", "so they are in a domain over it"],
    ["lost_domain", "nobody knows its base"],
    ["record", "a pseudo-type"],
  ])("%s does not: %s", (name) => {
    const oid = [...TYPES.values()].find((one) => one.name === name)?.oid ?? 0;
    expect(oid).not.toBe(0);
    expect(travelsAsBinary(oid, TYPES)).toBe(false);
  });

  it("only where its OID is known", () => {
    expect(travelsAsBinary(123_456, TYPES)).toBe(false);
    expect(travelsAsBinary(0, TYPES)).toBe(false);
  });

  it("never by a value that holds the OID of a user's type", () => {
    const arrays = fc.record({ oid: fc.integer({ min: 1, max: 16_383 }), elementOid: fc.integer({ min: 16_384 }) });
    fc.assert(
      fc.property(arrays, ({ oid, elementOid }) => {
        const types = new Map([[oid, type(oid, "array", { elementOid })]]).set(
          elementOid,
          type(elementOid, "e", { type: "e" }),
        );
        expect(travelsAsBinary(oid, types)).toBe(false);
      }),
    );
  });
});
