/** Types of the scene's own, made on both sides. */
export const TYPES = `
  create extension hstore; create extension citext; create extension ltree;
  create type mood as enum ('fine', 'so so', 'bad');
  create type pair as (a float8, b text);
  create type nest as (p pair, list numeric[]);
  create domain price as numeric check (value >= 0);
  create domain prices as int[];
  create domain mood_domain as mood;
  create type span as range (subtype = float8)`;

export interface TypedColumn {
  name: string;
  type: string;
  /** Of the older of two servers. */
  since: number;
  values: string[];
}

const column = (name: string, type: string, values: string[], since = 10): TypedColumn => ({
  name,
  type,
  since,
  values,
});

/** A column of each type with values at its edges. The first is in row 1, and so on. */
const COLUMNS: TypedColumn[] = [
  column("i2", "smallint", ["-32768", "32767", "0"]),
  column("i4", "int", ["-2147483648", "0", "7"]),
  column("i8", "bigint", ["9223372036854775807", "-1", "4294967296"]),
  column("n", "numeric", ["0.1", "-123456789012345678901234567890.0000000001", "1.0", "NaN"]),
  column("n_infinite", "numeric", ["Infinity", "-Infinity", "0"], 14),
  column("n2", "numeric(10,2)", ["12345678.90", "0"]),
  column("f4", "real", ["1.1", "NaN", "-Infinity", "1e-30", "0"]),
  column("f8", "float8", ["0.1", "-0", "1.7976931348623157e308", "NaN", "0"]),
  column("ok", "bool", ["true", "false"]),
  column("one", '"char"', ["x", ""]),
  column("padded", "char(5)", ["ab", ""]),
  column("unpadded", "bpchar", ["ab", "ab  ", ""]),
  column("v", "varchar(9)", ["höhe", ""]),
  column("x", "text", ["tab\t newline\n back\\slash \\N \\. quote' 日本 🚢", "", "plain"]),
  column("x_c", 'text collate "C"', ["plain", "a"]),
  column("title", "name", ["a name", "b"]),
  column("b", "bytea", ["\\x00ff5c0a09", "\\x", "\\x01"]),
  column("d", "date", ["0044-03-15 BC", "infinity", "2026-11-20"]),
  column("t", "time", ["23:59:59.999999", "24:00", "12:00"]),
  column("tz", "timetz", ["12:00:00.000001+13:45", "12:00+00"]),
  column("ts", "timestamp", ["-infinity", "2026-11-20 09:00:00.123456", "4713-01-01 00:00:00 BC"]),
  column("tstz", "timestamptz", ["infinity", "1999-12-31 23:59:59.999999+05:30", "2026-11-20 09:00:00+00"]),
  column("span_of_time", "interval", ["-1 mon +2 days -03:04:05.678901", "1 mon", "1 day"]),
  column("u", "uuid", ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"]),
  column("ip", "inet", ["10.0.0.1/8", "2001:db8::1"]),
  column("net", "cidr", ["10.0.0.0/8"]),
  column("mac", "macaddr", ["08:00:2b:01:02:03"]),
  column("mac8", "macaddr8", ["08:00:2b:01:02:03:04:05"]),
  column("j", "json", ['{"a":  [1, null], "a": 2}', "null", '{"a":1,"b":2}']),
  column("jb", "jsonb", ['{"a": [1.50, "é\\u0001"], "n": -5}', "null", "{}"]),
  column("jpath", "jsonpath", ["$.a[*] ? (@ > 1)"], 12),
  column("pt", "point", ["(1.5,-2)", "(0,0)"]),
  column("ln", "line", ["{1,2,3}"]),
  column("seg", "lseg", ["[(0,0),(1,1)]"]),
  column("bx", "box", ["(1,1),(0,0)"]),
  column("pth", "path", ["((0,0),(1,1),(2,0))", "[(0,0),(1,1)]"]),
  column("poly", "polygon", ["((0,0),(1,1),(2,0))"]),
  column("circ", "circle", ["<(0,0),2.5>"]),
  column("bits", "bit(3)", ["101"]),
  column("vbits", "varbit", ["0101", ""]),
  column("vec", "tsvector", ["'a':1A,3 'fat':2B"]),
  column("q", "tsquery", ["'fat' & ( 'rat' | !'cat':*A )"]),
  column("lsn", "pg_lsn", ["16/B374D848"]),
  column("snap", "txid_snapshot", ["10:20:10,14,15"]),
  column("xid", "xid", ["4294967295"]),
  column("place", "tid", ["(7,3)"]),
  column("o", "oid", ["4294967295", "1"]),
  column("cash", "money", ["12.34", "-0.01"]),
  column("r4", "int4range", ["[1,5)", "empty", "(,)"]),
  column("rn", "numrange", ["[1.5,2.50)", "(,1]"]),
  column("rtz", "tstzrange", ['["2026-01-01 00:00:00+00",infinity)']),
  column("m8", "int8multirange", ["{[1,3),[7,)}", "{}"], 14),
  column("a4", "int[]", ["{1,NULL,3}", "{}", "[0:1]={4,5}", "{{1,2},{3,4}}"]),
  column("ax", "text[]", ['{"a,b","NULL",NULL,"say \\"hi\\" \\\\"}', "{a,b}"]),
  column("an", "numeric[]", ["{1.10,NaN}"]),
  column("af", "float8[]", ["{0.1,-0,NaN,Infinity}"]),
  column("ar", "int4range[]", ['{"[1,2)",empty}']),
  column("ov", "oidvector", ["1 2 3"]),
  column("m", "mood", ["so so", "bad"]),
  column("md", "mood_domain", ["fine"]),
  column("p", "price", ["1.50"]),
  column("ps", "prices", ["{1,2}"]),
  column("sp", "span", ["[0.5,1.5)", "[0.1,0.30000000000000004)"]),
  column("am", "mood[]", ['{fine,"so so",NULL}']),
  column("c", "pair", ['(0.1,"a, b")', "(,)", "(1e-5,)"]),
  column("ac", "pair[]", ['{"(0.30000000000000004,\\"a b\\")",NULL}']),
  column("cc", "nest", ['("(0.1,x)","{1.10,2}")']),
  column("ap", "price[]", ["{1.5}"], 11),
  column("asp", "span[]", ['{"[0.1,1.5)"}']),
  column("h", "hstore", ['"a"=>"1", "b"=>NULL']),
  column("ah", "hstore[]", ['{"\\"a\\"=>\\"1\\""}']),
  column("ci", "citext", ["Straße"]),
  column("lt", "ltree", ["Top.Science.Astronomy"]),
  column("cls", "regclass", ["pg_class"]),
  column("ty", "regtype", ["integer", "public.mood"]),
  column("prc", "regprocedure", ["lower(text)"]),
  column("acls", "regclass[]", ["{pg_class,pg_type}"]),
  column("rol", "regrole", ["pg_monitor"]),
  column("doc", "xml", ["<a>é</a>", '<?xml version="1.0" encoding="UTF-8"?><b/>']),
  column("acl", "aclitem", ["pg_monitor=r/pg_monitor"]),
];

export const columnsSince = (version: number): TypedColumn[] => COLUMNS.filter(({ since }) => since <= version);

/** The last row is all nulls but for its key. */
export const NULL_ROW = 1 + Math.max(...COLUMNS.map(({ values }) => values.length));

export const createEveryType = (columns: TypedColumn[]): string =>
  `create table every_type (id int primary key, ${columns.map(({ name, type }) => `${name} ${type}`).join(", ")})`;

const quote = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** One statement for each row: a value that a type lacks in it is null. */
export function fillEveryType(columns: TypedColumn[]): string {
  return Array.from({ length: NULL_ROW }, (_, row) => {
    const given = columns.filter(({ values }) => row < values.length);
    const names = ["id", ...given.map(({ name }) => name)];
    const values = [String(row + 1), ...given.map(({ values }) => quote(values[row] ?? ""))];
    return `insert into every_type (${names.join(", ")}) values (${values.join(", ")})`;
  }).join(";\n");
}
