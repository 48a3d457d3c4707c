import { NULL_ROW } from "./every-type";

/** A small harm to the target, and the row that must be named for it. */
export interface DataHarm {
  what: string;
  table: string;
  sql: string;
  /** As `difference key: columns`, sorted; of a row without a key `difference × copies`. */
  found: string[];
  since?: number;
  /** Set where it is one value of one row, so that it can be done together with others. */
  cell?: { id: number; column: string };
}

/** One value of the table of all types becomes another that is easily taken for the same. */
const value = (what: string, column: string, id: number, to: string, since?: number): DataHarm => ({
  what,
  table: "every_type",
  sql: `update every_type set ${column} = ${to} where id = ${id}`,
  found: [`different ${id}: ${column}`],
  since,
  cell: { id, column },
});

const keyed = (what: string, sql: string, found: string[]): DataHarm => ({ what, table: "keyed", sql, found });
const unkeyed = (what: string, sql: string, found: string[]): DataHarm => ({ what, table: "unkeyed", sql, found });

const ROWS: DataHarm[] = [
  keyed("a row deleted", "delete from keyed where id = 77", ["missing 77"]),
  keyed("a row too many", "insert into keyed values (9999)", ["extra 9999"]),
  keyed("another key", "update keyed set id = -5 where id = 5", ["extra -5", "missing 5"]),
  keyed(
    "a row doubled in spite of its key",
    "alter table keyed drop constraint keyed_pkey; insert into keyed select * from keyed where id = 3",
    ["extra 3"],
  ),
  keyed(
    "two rows swapped between their keys",
    "update keyed k set a = o.a, b = o.b, at = o.at from keyed o where (k.id, o.id) in ((1, 2), (2, 1))",
    ["different 1: a, at, b", "different 2: a, at, b"],
  ),
  keyed(
    "a value moved to a row beside",
    "update keyed set b = 'b11' where id = 10; update keyed set b = 'b10' where id = 11",
    ["different 10: b", "different 11: b"],
  ),
  keyed("two columns of a row swapped", "update keyed set a = b, b = a where id = 4", ["different 4: a, b"]),
  keyed("a value moved to another column", "update keyed set a = null, b = a || b where id = 4", ["different 4: a, b"]),
  keyed("a timestamp one microsecond later", "update keyed set at = at + interval '1 us' where id = 6", [
    "different 6: at",
  ]),
  keyed("a timestamp moved by its zone", "update keyed set at = at - interval '1 hour' where id = 6", [
    "different 6: at",
  ]),
  keyed("a trailing space", "update keyed set a = a || ' ' where id = 8", ["different 8: a"]),
  unkeyed("a row doubled, without a key", "insert into unkeyed select * from unkeyed limit 1", ["extra × 15/16"]),
  unkeyed("one of equal rows deleted", "delete from unkeyed where ctid = (select ctid from unkeyed limit 1)", [
    "missing × 15/14",
  ]),
  unkeyed(
    "a value of a row without a key",
    "update unkeyed set amount = '-0' where ctid = (select ctid from unkeyed where amount = 0 limit 1)",
    ["extra × 0/1", "missing × 15/14"],
  ),
  {
    what: "a digit of an amount under a key of two columns",
    table: "twofold",
    sql: "update twofold set amount = 1.1 where number = 1",
    found: ["different r1, 1: amount"],
  },
  { what: "a row without columns", table: "bare", sql: "insert into bare default values", found: ["extra × 2/3"] },
  {
    what: "the last byte of a large text",
    table: "large",
    sql: "update large set body = left(body, -1) || 'x' where id = md5('2')::uuid",
    found: ["different c81e728d-9d4c-2f63-6f06-7f89cc14862c: body"],
  },
  {
    what: "the last byte of a large bytea",
    table: "large",
    sql: "update large set bytes = set_byte(bytes, length(bytes) - 1, 255) where id = md5('3')::uuid",
    found: ["different eccbc87e-4b5c-e2fe-2830-8fd9f2a7baf3: bytes"],
  },
];

const VALUES: DataHarm[] = [
  value("the last bit of a float", "f8", 1, "0.10000000000000002"),
  value("0 instead of -0", "f8", 2, "0"),
  value("-0 instead of 0", "f8", 5, "'-0'"),
  value("a number instead of not a number", "f8", 4, "'Infinity'"),
  value("the last bit of a real", "f4", 1, "1.1000001"),
  value("-0 instead of 0 as real", "f4", 5, "'-0'"),
  value("one more", "i2", 3, "1"),
  value("the sign of a smallint", "i2", 1, "32767"),
  value("the lowest bit", "i4", 3, "6"),
  value("a bit for another, in the other half", "i8", 3, "1"),
  value("both halves turned over", "i8", 2, "0"),
  value("the scale of a numeric", "n", 3, "1.00"),
  value("the sign of a numeric", "n", 2, "-n"),
  value("the last digit of a numeric", "n", 2, "n + 0.0000000001"),
  value("NaN to null", "n", 4, "null"),
  value("the sign of infinity", "n_infinite", 1, "'-Infinity'", 14),
  value("true to null", "ok", 1, "null"),
  value("false to true", "ok", 2, "true"),
  value("null to false", "ok", NULL_ROW, "false"),
  value('a "char"', "one", 1, "'X'"),
  value("a character in the padding", "padded", 1, "'ab  c'"),
  value("a blank that no length asks for", "unpadded", 1, "'ab '"),
  value("a composed letter decomposed", "v", 1, "U&'ho\\0308he'"),
  value("null to an empty string", "x", NULL_ROW, "''"),
  value("an empty string to null", "x", 2, "null"),
  value("a tab to a space", "x", 1, "replace(x, E'\\t', ' ')"),
  value("a case", "x", 3, "'Plain'"),
  value("a case under C", "x_c", 1, "'plaiN'"),
  value("a name", "title", 1, "'A name'"),
  value("a byte", "b", 1, "'\\x00ff5c0a08'"),
  value("a zero byte at the end", "b", 3, "'\\x0100'"),
  value("no bytes to null", "b", 2, "null"),
  value("a day", "d", 3, "'2026-11-21'"),
  value("the sign of a date's infinity", "d", 2, "'-infinity'"),
  value("midnight at the other end of the day", "t", 2, "'00:00'"),
  value("the same moment in another zone", "tz", 2, "'13:00+01'"),
  value("a microsecond of a timestamp", "ts", 2, "'2026-11-20 09:00:00.123457'"),
  value("a timestamp's infinity", "ts", 1, "'infinity'"),
  value("a zone of a timestamp", "tstz", 2, "'1999-12-31 23:59:59.999999+05:00'"),
  value("30 days instead of a month", "span_of_time", 2, "'30 days'"),
  value("24 hours instead of a day", "span_of_time", 3, "'24 hours'"),
  value("the last digit of a uuid", "u", 1, "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12'"),
  value("the length of a netmask", "ip", 1, "'10.0.0.1/9'"),
  value("an address", "ip", 2, "'2001:db8::2'"),
  value("a network", "net", 1, "'10.0.0.0/9'"),
  value("a hardware address", "mac", 1, "'08:00:2b:01:02:04'"),
  value("white space in json", "j", 1, `'{"a": [1, null], "a": 2}'`),
  value("the order of keys in json", "j", 3, `'{"b":2,"a":1}'`),
  value("a null of json to none", "j", 2, "null"),
  value("the scale of a number in jsonb", "jb", 1, `jsonb_set(jb, '{a,0}', '1.5')`),
  value("the sign of a number in jsonb", "jb", 1, `jsonb_set(jb, '{n}', '5')`),
  value("a number to a string in jsonb", "jb", 1, `jsonb_set(jb, '{n}', '"-5"')`),
  value("an empty object to an empty list", "jb", 3, "'[]'"),
  value("-0 in a point", "pt", 2, "'(-0,0)'"),
  value("a closed path opened", "pth", 1, "'[(0,0),(1,1),(2,0)]'"),
  value("another first corner", "poly", 1, "'((1,1),(2,0),(0,0))'"),
  value("a bit", "bits", 1, "B'100'"),
  value("a leading zero bit", "vbits", 1, "B'101'"),
  value("a weight in a tsvector", "vec", 1, "'''a'':1B,3 ''fat'':2B'"),
  value("a prefix in a tsquery", "q", 1, "'''fat'' & ( ''rat'' | !''cat'':A )'"),
  value("a cent", "cash", 2, "'-0.02'"),
  value("an oid", "o", 2, "2"),
  value("the bound of a range let in", "rn", 1, "'[1.5,2.50]'"),
  value("the scale of a range's bound", "rn", 1, "'[1.5,2.5)'"),
  value("an empty range to null", "r4", 2, "null"),
  value("an open end of a range closed", "r4", 3, "'(,100)'"),
  value("a range of a multirange", "m8", 1, "'{[1,3)}'", 14),
  value("the order of an array", "a4", 1, "'{3,2,1}'"),
  value("the lower bound of an array", "a4", 3, "'{4,5}'"),
  value("the shape of an array", "a4", 4, "'{1,2,3,4}'"),
  value("an empty array to null", "a4", 2, "null"),
  value("a null in an array to its name", "ax", 1, "array_replace(ax, null, 'NULL')"),
  value("the scale of a numeric in an array", "an", 1, "'{1.1,NaN}'"),
  value("-0 in an array", "af", 1, "'{0.1,0,NaN,Infinity}'"),
  value("the last bit of a float in an array", "af", 1, "'{0.10000000000000002,-0,NaN,Infinity}'"),
  value("an enum's label", "m", 1, "'bad'"),
  value("an enum's label in a domain", "md", 1, "'bad'"),
  value("an enum's label in an array", "am", 1, `'{fine,"so so",bad}'`),
  value("the scale of a domain", "p", 1, "1.5"),
  value("the last bit of a range of floats", "sp", 2, "'[0.1,0.3)'"),
  value("a null in a composite", "c", 1, "'(0.1,)'"),
  value("a row of nulls to null", "c", 2, "null"),
  value("null to a row of nulls", "c", NULL_ROW, "row(null, null)"),
  value("the last bit of a float in a composite", "c", 1, `'(0.10000000000000002,"a, b")'`),
  value("a float in a composite in an array", "ac", 1, `'{"(0.3,\\"a b\\")",NULL}'`),
  value("a scale in an array in a composite", "cc", 1, `'("(0.1,x)","{1.1,2}")'`),
  value("a null in an hstore to its name", "h", 1, `'"a"=>"1", "b"=>"NULL"'`),
  value("the case of a citext", "ci", 1, "'strasse'"),
  value("the case of a citext's letter", "ci", 1, "'straße'"),
  value("a label of an ltree", "lt", 1, "'Top.Science.Astronomie'"),
  value("another relation", "cls", 1, "'pg_type'"),
  value("another type", "ty", 2, "'public.pair'"),
  value("white space in xml", "doc", 1, "'<a >é</a>'"),
  value("a grant option", "acl", 1, "'pg_monitor=r*/pg_monitor'"),
];

export const dataHarms = (version: number): DataHarm[] =>
  [...ROWS, ...VALUES].filter(({ since = 10 }) => since <= version);

/** As few groups as possible of harms to one value each, with no value in a group twice. */
export function together(harms: DataHarm[]): DataHarm[] {
  const groups: Map<string, DataHarm>[] = [];
  for (const harm of harms) {
    if (!harm.cell) continue;
    const { id, column } = harm.cell;
    const cell = `${id} ${column}`;
    const group = groups.find((one) => !one.has(cell)) ?? groups[groups.push(new Map()) - 1];
    group?.set(cell, harm);
  }
  return groups.map((group) => {
    const list = [...group.values()];
    const rows = new Map<number, string[]>();
    for (const { cell } of list) if (cell) rows.set(cell.id, [...(rows.get(cell.id) ?? []), cell.column]);
    return {
      what: `${list.length} values at once`,
      table: "every_type",
      sql: list.map(({ sql }) => sql).join(";\n"),
      found: [...rows].map(([id, columns]) => `different ${id}: ${columns.sort().join(", ")}`).sort(),
    };
  });
}
