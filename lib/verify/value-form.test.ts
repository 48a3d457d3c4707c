import { expect, test } from "vitest";
import { formSql, hashSql } from "./form-sql";
import { type ValueForm, valueForm } from "./value-form";
import type { ValueType } from "./value-type";

const catalog = (name: string) => ({ schema: "pg_catalog", name });
const nothing = { isText: false, element: null, base: null, subtype: null, fields: [] };

const builtIn = (name: string, more: Partial<ValueType> = {}): ValueType => ({
  ...{ schema: "pg_catalog", name, kind: "b", isBuiltIn: true },
  ...{ output: catalog(`${name}out`), send: catalog(`${name}send`), ...nothing, ...more },
});
const own = (name: string, more: Partial<ValueType> = {}): ValueType => ({
  ...builtIn(name),
  ...{ schema: "public", isBuiltIn: false, ...more },
});
const arrayOf = (element: ValueType): ValueType =>
  builtIn(`_${element.name}`, { element, isBuiltIn: element.isBuiltIn, output: catalog("array_out") });
const domainOver = (base: ValueType): ValueType => own("d", { kind: "d", base });
const rangeOver = (subtype: ValueType): ValueType => own("span", { kind: "r", subtype, send: catalog("range_send") });
const composite = (...types: ValueType[]): ValueType =>
  own("pair", {
    kind: "c",
    output: catalog("record_out"),
    fields: types.map((type, at) => ({ name: `f${at}`, type })),
  });

const float = builtIn("float8");
const text = builtIn("text", { isText: true });
const mood = own("mood", { kind: "e", output: catalog("enum_out") });
const pair = composite(float, text);

test.each<[string, ValueType, [number, number], ValueForm["how"]]>([
  ["bigint", builtIn("int8"), [15, 17], "hashed"],
  ["float8", float, [10, 18], "float"],
  ["numeric", builtIn("numeric"), [15, 17], "output"],
  ["text", text, [15, 17], "text"],
  ["citext", own("citext", { isText: true }), [15, 17], "text"],
  ["xml, which may say in which encoding it is", builtIn("xml", { isText: true }), [15, 17], "output"],
  ["char(n), whose blanks a cast takes away", builtIn("bpchar"), [15, 17], "send"],
  ["interval", builtIn("interval"), [15, 17], "send"],
  ["jsonb", builtIn("jsonb"), [15, 17], "output"],
  ["bytea", builtIn("bytea"), [15, 17], "bytea"],
  ["regclass", builtIn("regclass"), [15, 17], "output"],
  ["a type without a binary form", builtIn("aclitem", { send: null }), [15, 17], "output"],
  ["an enum", mood, [15, 17], "output"],
  ["a domain over a domain", domainOver(domainOver(builtIn("int4"))), [15, 17], "hashed"],
  ["an array of numbers", arrayOf(float), [10, 18], "array"],
  ["an array of an enum", arrayOf(mood), [15, 17], "array"],
  ["an array of a domain", arrayOf(domainOver(float)), [10, 18], "array"],
  ["an array of reg types", arrayOf(builtIn("regclass")), [15, 17], "output"],
  ["a range of floats", rangeOver(float), [10, 18], "send"],
  ["a range of texts", rangeOver(own("citext", { isText: true })), [15, 17], "output"],
  ["a composite", pair, [12, 18], "output"],
  ["a composite with floats from before 12", pair, [11, 18], "fields"],
  ["a composite without floats from before 12", composite(text), [11, 18], "output"],
  ["an array of composites from before 12", arrayOf(pair), [10, 12], "elements"],
  ["an extension's type", own("geometry"), [15, 17], "output"],
  ["an extension's type from before 12, which may write floats", own("geometry"), [11, 12], "send"],
])("%s is compared by its %j", (_, type, majors, how) => {
  expect(valueForm(type, type, majors).how).toBe(how);
  // The other way round it is the same: which side is older does not matter.
  expect(valueForm(type, type, [majors[1], majors[0]]).how).toBe(how);
});

test("what is of two sorts on the two sides is compared as text", () => {
  expect(valueForm(builtIn("int4"), builtIn("int8"), [15, 17])).toEqual({ how: "output" });
  expect(valueForm(mood, text, [15, 17])).toEqual({ how: "output" });
  expect(valueForm(own("citext", { isText: true }), text, [15, 17])).toEqual({ how: "text" });
});

test("a bigint is hashed with both its halves, a text by its bytes whatever its collation", () => {
  const on = (type: ValueType, sameEncoding = true) =>
    hashSql(valueForm(type, type, [15, 17]), { sql: "t.a", type }, "7", { sameEncoding });
  expect(on(builtIn("int8"))).toBe("hashint8extended((t.a) >> 32, hashint8extended(t.a, 7))");
  expect(on(text)).toBe('hashtextextended((t.a)::text collate "C", 7)');
  expect(on(text, false)).toBe("hash_array_extended(array[convert_to((t.a)::text, 'UTF8')], 7)");
});

test("names of functions and types are quoted", () => {
  const type = own('a"b', { output: { schema: "my schema", name: "Out" } });
  expect(formSql({ how: "output" }, { sql: 't."x"', type })).toBe('textin("my schema"."Out"(t."x"))');
});
