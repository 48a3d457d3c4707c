import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testServer, type Version } from "@/e2e/servers/test-servers";
import { type PlannedTable, planTable } from "@/lib/plan/copy-plan";
import { withSession } from "@/lib/postgres/session";
import { inspect } from "@/lib/source/inspect";
import { copyPart } from "./copy-part";

const DEFINITIONS = `
  create extension hstore; create extension citext; create extension ltree;
  create type mood as enum ('fine', 'so so', 'bad');
  create type pair as (a int, b text);
  create domain price as numeric check (value >= 0);
  create domain prices as int[];
  create domain mood_domain as mood;
  create type span as range (subtype = float8)`;

/** A type as a column has it, the way it travels, and values. Each also travels as null and in a table of its own. */
const TYPES: [type: string, format: "binary" | "text", ...values: string[]][] = [
  ["smallint", "binary", "-32768", "32767"],
  ["int", "binary", "-2147483648", "0"],
  ["bigint", "binary", "9223372036854775807", "-1"],
  ["numeric", "binary", "0.1", "-123456789012345678901234567890.0000000001", "NaN", "Infinity"],
  ["numeric(10,2)", "binary", "12345678.90"],
  ["real", "binary", "1.1", "NaN", "-Infinity", "1e-30"],
  ["float8", "binary", "0.1", "-0", "1.7976931348623157e308", "NaN"],
  ["bool", "binary", "true", "false"],
  ['"char"', "binary", "x", ""],
  ["char(5)", "binary", "ab", ""],
  ["varchar(9)", "binary", "höhe", ""],
  ["text", "binary", "tab\t newline\n back\\slash \\N \\. quote' 日本 🚢", ""],
  ["name", "binary", "a name"],
  ["bytea", "binary", "\\x00ff5c0a09", "\\x"],
  ["date", "binary", "0044-03-15 BC", "infinity", "2026-11-20"],
  ["time", "binary", "23:59:59.999999", "24:00"],
  ["timetz", "binary", "12:00:00.000001+13:45"],
  ["timestamp", "binary", "-infinity", "2026-11-20 09:00:00.123456", "4713-01-01 00:00:00 BC"],
  ["timestamptz", "binary", "infinity", "1999-12-31 23:59:59.999999+05:30"],
  ["interval", "binary", "-1 mon +2 days -03:04:05.678901", "178000000 years"],
  ["uuid", "binary", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"],
  ["inet", "binary", "10.0.0.1/8", "2001:db8::1"],
  ["cidr", "binary", "10.0.0.0/8"],
  ["macaddr", "binary", "08:00:2b:01:02:03"],
  ["macaddr8", "binary", "08:00:2b:01:02:03:04:05"],
  ["json", "binary", '{"a":  [1, null], "a": 2}', "null"],
  ["jsonb", "binary", '{"a": [1.50, "é\\u0001"]}', "null"],
  ["jsonpath", "binary", "$.a[*] ? (@ > 1)"],
  ["point", "binary", "(1.5,-2)"],
  ["line", "binary", "{1,2,3}"],
  ["lseg", "binary", "[(0,0),(1,1)]"],
  ["box", "binary", "(1,1),(0,0)"],
  ["path", "binary", "((0,0),(1,1),(2,0))", "[(0,0),(1,1)]"],
  ["polygon", "binary", "((0,0),(1,1),(2,0))"],
  ["circle", "binary", "<(0,0),2.5>"],
  ["bit(3)", "binary", "101"],
  ["varbit", "binary", "10101", ""],
  ["tsvector", "binary", "'a':1A,3 'fat':2B"],
  ["tsquery", "binary", "'fat' & ( 'rat' | !'cat':*A )"],
  ["pg_lsn", "binary", "16/B374D848"],
  ["txid_snapshot", "binary", "10:20:10,14,15"],
  ["xid", "binary", "4294967295"],
  ["tid", "binary", "(7,3)"],
  ["oid", "binary", "4294967295"],
  ["int4range", "binary", "[1,5)", "empty", "(,)"],
  ["tstzrange", "binary", '["2026-01-01 00:00:00+00",infinity)'],
  ["int8multirange", "binary", "{[1,3),[7,)}", "{}"],
  ["int[]", "binary", "{1,NULL,3}", "{}", "[0:1]={4,5}", "{{1,2},{3,4}}"],
  ["text[]", "binary", '{"a,b","NULL",NULL,"say \\"hi\\" \\\\"}'],
  ["numeric[]", "binary", "{1.10,NaN}"],
  ["int4range[]", "binary", '{"[1,2)",empty}'],
  ["oidvector", "binary", "1 2 3"],
  ["mood", "binary", "so so", "bad"],
  ["mood_domain", "binary", "fine"],
  ["price", "binary", "1.50"],
  ["prices", "binary", "{1,2}"],
  ["span", "binary", "[0.5,1.5)"],
  ["mood[]", "text", '{fine,"so so",NULL}'],
  ["pair", "text", '(1,"a, b")', "(,)"],
  ["pair[]", "text", '{"(1,\\"a b\\")",NULL}'],
  ["price[]", "text", "{1.5}"],
  ["span[]", "text", '{"[0.5,1.5)"}'],
  ["hstore", "text", '"a"=>"1", "b"=>NULL'],
  ["hstore[]", "text", '{"\\"a\\"=>\\"1\\""}'],
  ["citext", "text", "Straße"],
  ["ltree", "text", "Top.Science.Astronomy"],
  ["regclass", "text", "pg_class"],
  ["regtype", "text", "integer", "mood"],
  ["regprocedure", "text", "lower(text)"],
  ["regclass[]", "text", "{pg_class,pg_type}"],
  ["regconfig", "text", "english"],
  ["regrole", "text", "pg_monitor"],
  ["xml", "text", "<a>é</a>"],
  ["aclitem", "text", "pg_monitor=r/pg_monitor"],
];

const tableName = (index: number) => `t${index}`;

const PAIRS: [Version, Version][] = [
  [14, 18],
  [18, 14],
];

describe.each(PAIRS)("values of every kind of type from %i to %i", (from, to) => {
  const available = testServer.available(from) && testServer.available(to);
  let source: TestDatabase;
  let target: TestDatabase;
  let planned: PlannedTable[];
  let absent: ReadonlySet<string>;

  beforeAll(async () => {
    if (!available) return;
    source = await (await testServer(from)).createDatabase("types");
    target = await (await testServer(to)).createDatabase("types");
    // OIDs of the same types must not happen to be the same.
    await withSession(target.spec, { side: "metadata", name: "test" }, (client) =>
      client.query(Array.from({ length: 7 }, (_, index) => `create type shift_${index} as enum ('x')`).join(";")),
    );
    const missing = new Set<string>();
    for (const [place, database] of [source, target].entries()) {
      await withSession(database.spec, { side: "metadata", name: "test" }, async (client) => {
        await client.query(DEFINITIONS);
        for (const [index, [type, , ...values]] of TYPES.entries()) {
          await client.query(`create table ${tableName(index)} (value ${type}, place int)`);
          if (place === 1) continue;
          const rows = [...values, null].map((value, row) => [value, row]);
          for (const row of rows) {
            // A server that was built without libxml has the type and takes no value.
            await client
              .query(`insert into ${tableName(index)} values ($1, $2)`, row)
              .catch((error: { code: string }) => {
                if (type !== "xml" || error.code !== "0A000") throw error;
                missing.add(type);
              });
          }
        }
      });
    }
    absent = missing;
    const inventory = await withSession(source.spec, { side: "source", name: "test" }, inspect);
    const types = new Map(inventory.types.map((type) => [type.oid, type]));
    planned = inventory.tables.map((table) => planTable(table, types, true));
  });
  afterAll(async () => {
    await source?.drop();
    await target?.drop();
  });

  const read = async ({ spec }: TestDatabase, table: string) =>
    withSession(spec, { side: "metadata", name: "test" }, async (client) => {
      await client.query("set timezone = 'UTC'; set bytea_output = hex; set extra_float_digits = 3");
      return (await client.query(`select place, value::text from ${table} order by place`)).rows;
    });

  it.skipIf(!available)("arrive as they were, in the way that is chosen for each", async () => {
    const formats = new Map(planned.map(({ name, format }) => [name, format]));
    expect(TYPES.map(([type], index) => [type, formats.get(tableName(index))])).toEqual(
      TYPES.map(([type, format]) => [type, format]),
    );
    expect([...absent].filter((type) => type !== "xml")).toEqual([]);
    await withSession(source.spec, { side: "source", name: "test" }, (reading) =>
      withSession(target.spec, { side: "target", name: "test" }, async (writing) => {
        await reading.query("begin isolation level repeatable read read only");
        for (const [index, [type, , ...values]] of TYPES.entries()) {
          const table = planned.find(({ name }) => name === tableName(index));
          if (!table) throw new Error(`${type} is not planned.`);
          await writing.query("begin");
          const copied = await copyPart({ source: reading, target: writing, onBytes: () => 0 }, table, null);
          await writing.query("commit");
          expect(copied.rows, type).toBe(absent.has(type) ? 1 : values.length + 1);
        }
      }),
    );
    for (const [index, [type]] of TYPES.entries()) {
      expect(await read(target, tableName(index)), type).toEqual(await read(source, tableName(index)));
    }
  });
});
