import fc from "fast-check";
import { expect, it } from "vitest";
import { carrySchema } from "@/e2e/databases/carry";
import { LONG_TESTS } from "@/e2e/long-tests";
import { testServer } from "@/e2e/servers/test-servers";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { quoteIdentifier, quoteLiteral, quoteQualified } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";

const version = testServer.versions(14, 18).at(-1) ?? 18;
/** A database each; FERRY_LONG_TESTS asks for many more. */
const RUNS = LONG_TESTS ? 60 : 4;
const NAME_BYTES = 63;

/** What a reader of dumps is likely to trip over. */
const traps = fc.constantFrom(
  ...[
    "--",
    "-- Name: x; Type: TABLE; Schema: y; Owner: z\n",
    "\n--\n-- TOC entry 7 (class 1259 OID 3)\n",
    "; Type: VIEW; Schema: ",
  ],
  ...[
    "$$",
    "$_$",
    "$body$",
    "'",
    "''",
    '"',
    "\\",
    "\\'",
    "E'",
    ";",
    "\n",
    "\r\n",
    "\t",
    " ",
    "/*",
    "*/",
    ".",
    ",",
    "(",
    ")",
  ],
  ...[
    "\\restrict k\n",
    "\\.\n",
    "BEGIN ATOMIC",
    "END;",
    "é",
    "猫",
    "🐘",
    "\u200b",
    "\ufeff",
    "select",
    "null",
    "%",
    "?",
    "*",
  ],
);
const piece = fc.oneof(traps, fc.string({ unit: "binary", minLength: 1, maxLength: 5 }));
const text = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join("").replaceAll("\u0000", "x"));
const name = text.map(cutName).filter((cut) => cut !== "" && !cut.startsWith("pg_"));

function cutName(long: string): string {
  let cut = "";
  for (const letter of long) if (Buffer.byteLength(cut + letter) <= NAME_BYTES) cut += letter;
  return cut;
}

const names = (count: number) => fc.uniqueArray(name, { minLength: count, maxLength: count });
const hostile = fc.record({
  schemas: names(2).filter((list) => !list.some((one) => ["public", "information_schema"].includes(one))),
  relations: names(7),
  columns: names(3),
  others: names(8),
  texts: fc.array(text, { minLength: 8, maxLength: 8 }),
});
type Hostile = typeof hostile extends fc.Arbitrary<infer Value> ? Value : never;

/** A little of everything that takes a name or a text. */
function statements({ schemas, relations, columns, others, texts }: Hostile): string[] {
  const [s = "", s2 = ""] = schemas;
  const inS = (one = "") => quoteQualified(s, one);
  const [a = "", b = "", c = ""] = columns.map(quoteIdentifier);
  const own = (at: number) => quoteIdentifier(others[at] ?? "");
  const literal = (at: number) => quoteLiteral(texts[at] ?? "");
  const [table, child, view, matview, sequence, index, parent] = relations;
  return [
    `create schema ${quoteIdentifier(s)}; create schema ${quoteIdentifier(s2)}`,
    `comment on schema ${quoteIdentifier(s)} is ${literal(0)}`,
    `create type ${inS(others[0])} as enum (${quoteLiteral(cutName(texts[1] ?? ""))}, 'x y z')`,
    `create domain ${inS(others[1])} as text default ${literal(2)} constraint ${own(2)} check (value <> ${literal(3)})`,
    `create table ${inS(table)} (${a} int default 1, ${b} text default ${literal(4)}, ${c} ${inS(others[1])}, constraint ${own(3)} check (${b} <> ${literal(5)}), constraint ${own(4)} primary key (${a}))`,
    `comment on table ${inS(table)} is ${literal(6)}; comment on column ${inS(table)}.${b} is ${literal(7)}`,
    `create table ${quoteQualified(s2, child ?? "")} (${a} int, ${b} text, ${c} ${inS(others[0])}, constraint ${own(5)} foreign key (${a}) references ${inS(table)})`,
    `create table ${inS(parent)} (${a} int, ${b} text) partition by list (${b})`,
    `create table ${quoteQualified(s2, parent ?? "")} partition of ${inS(parent)} for values in (${literal(0)})`,
    `create index ${quoteIdentifier(index ?? "")} on ${inS(table)} (${b}) where ${b} <> ${literal(1)}`,
    `create view ${inS(view)} as select ${a} as ${c}, ${literal(2)}::text as ${b} from ${inS(table)}`,
    `create materialized view ${inS(matview)} as select ${b} from ${quoteQualified(s2, child ?? "")}`,
    `create sequence ${inS(sequence)} increment 3; comment on sequence ${inS(sequence)} is ${literal(3)}`,
    `create function ${inS(others[6])}(${a} int, ${b} text default ${literal(4)}) returns text language sql as ${literal(5)}`,
    `create function ${inS(others[7])}() returns trigger language plpgsql as ${quoteLiteral(`begin return null; end; -- ${(texts[6] ?? "").replaceAll(/[\n\r]/g, "")}`)}`,
    `create trigger ${own(0)} after insert on ${inS(table)} for each row execute function ${inS(others[7])}(${literal(7)})`,
    `create policy ${own(1)} on ${inS(table)} using (${b} <> ${literal(0)}); alter table ${inS(table)} enable row level security`,
    `create statistics ${inS(others[2])} on ${a}, ${b} from ${inS(table)}`,
    `create rule ${own(3)} as on delete to ${inS(table)} where old.${b} = ${literal(1)} do instead nothing`,
  ];
}

/** What the catalogue itself says is there: nothing that pg_dump or the comparison could have got wrong on both sides. */
const INVENTORY = `
  select 'relation' as what, n.nspname || '/' || c.relname as name, c.relkind::text as detail, obj_description(c.oid, 'pg_class') as remark
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  union all
  select 'column', c.relname || '/' || a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid)
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attnum > 0 and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  union all
  select 'function', n.nspname || '/' || p.proname, pg_get_function_arguments(p.oid), p.prosrc
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  union all
  select 'constraint', conname, pg_get_constraintdef(oid), null from pg_constraint where connamespace::regnamespace::text !~ '^(pg_|information_schema)'
  union all
  select 'label', t.typname, e.enumlabel, null from pg_enum e join pg_type t on t.oid = e.enumtypid
  union all
  select 'trigger', tgname, encode(tgargs, 'escape'), null from pg_trigger where not tgisinternal
   order by 1, 2, 3, 4`;

const inventory = (spec: ConnectionSpec) =>
  withSession(spec, { side: "source", name: "ferry test" }, async (client) => {
    await client.query("set search_path = ''");
    return (await client.query(INVENTORY)).rows;
  });

it(
  "carries names and texts that contain anything",
  async () => {
    const server = await testServer(version);
    await fc.assert(
      fc.asyncProperty(hostile, async (given) => {
        const source = await server.createDatabase("hostile");
        const target = await server.createDatabase("tamed");
        try {
          await withSession(source.spec, { side: "target", name: "ferry test" }, async (client) => {
            await client.query("set check_function_bodies = off");
            for (const statement of statements(given)) await client.query(statement);
          });
          const { failures, differences } = await carrySchema(source.spec, target.spec);
          expect(failures).toEqual([]);
          expect(differences).toEqual([]);
          expect(await inventory(target.spec)).toEqual(await inventory(source.spec));
        } finally {
          await Promise.all([source.drop(), target.drop()]);
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
  RUNS * 30_000,
);
