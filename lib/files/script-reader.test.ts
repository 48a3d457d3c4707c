import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { FerryError } from "@/lib/errors/ferry-error";
import { type ScriptItem, ScriptReader } from "./script-reader";

/** All that a script is made of, read in chunks that end where `cuts` say. Rows are joined. */
function read(script: string | Buffer, cuts: readonly number[] = []): string[] {
  const bytes = Buffer.from(script);
  const reader = new ScriptReader();
  const items: string[] = [];
  let rows = Buffer.alloc(0);
  const take = (item: ScriptItem) => {
    if (item.kind === "rows") rows = Buffer.concat([rows, item.bytes]);
    else if (item.kind === "rows-end") {
      items.push(`rows ${JSON.stringify(rows.toString())}`);
      rows = Buffer.alloc(0);
    } else items.push(`${item.kind} ${item.line} ${item.text}`);
  };
  const drain = () => {
    for (let item = reader.next(); item !== null; item = reader.next()) take(item);
  };
  let from = 0;
  for (const to of [...cuts].sort((a, b) => a - b)) {
    reader.push(Buffer.from(bytes.subarray(from, to)));
    from = to;
    drain();
  }
  reader.push(Buffer.from(bytes.subarray(from)));
  drain();
  reader.end();
  drain();
  return items;
}

const CASES: [string, string, string[]][] = [
  ["nothing", " -- only a comment\n/* and /* another */ one */\n;;", []],
  ["two statements on a line", "select 1; select 2;", ["statement 1 select 1;", "statement 1 select 2;"]],
  [
    "a semicolon in a string",
    "select 'a;b''c;';\nselect 2;",
    ["statement 1 select 'a;b''c;';", "statement 2 select 2;"],
  ],
  [
    "a backslash is itself in a plain string",
    "select '\\'; select 2;",
    ["statement 1 select '\\';", "statement 1 select 2;"],
  ],
  ["a backslash in an E string", "select E'\\';'; select 2;", ["statement 1 select E'\\';';", "statement 1 select 2;"]],
  [
    "a doubled quote in an E string",
    "select e'it''s \\';'; select 2;",
    ["statement 1 select e'it''s \\';';", "statement 1 select 2;"],
  ],
  [
    "an E string that goes on",
    "select e'a'\n '\\';' ; select 2;",
    ["statement 1 select e'a'\n '\\';' ;", "statement 2 select 2;"],
  ],
  ["a name that ends with e", "select 1 as e, name'x;' ;", ["statement 1 select 1 as e, name'x;' ;"]],
  ["a quoted name", 'create table "a;""b" ();', ['statement 1 create table "a;""b" ();']],
  [
    "dollar quotes",
    "do $$ begin; end $$; do $a$ $$;$b$; $a$;",
    ["statement 1 do $$ begin; end $$;", "statement 1 do $a$ $$;$b$; $a$;"],
  ],
  [
    "a dollar in a name and a parameter",
    "select a$b$ from t$; select $1;",
    ["statement 1 select a$b$ from t$;", "statement 1 select $1;"],
  ],
  ["comments in a statement", "select 1 -- ; ' \n + /* ; */ 2;", ["statement 1 select 1 -- ; ' \n + /* ; */ 2;"]],
  [
    "a rule's parentheses",
    "create rule r as on insert to t do (select 1; select 2);",
    ["statement 1 create rule r as on insert to t do (select 1; select 2);"],
  ],
  [
    "a body of SQL",
    "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END;\nselect 3;",
    [
      "statement 1 CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END;",
      "statement 2 select 3;",
    ],
  ],
  [
    "begin as a statement",
    "begin; select 1; end;",
    ["statement 1 begin;", "statement 1 select 1;", "statement 1 end;"],
  ],
  [
    "rows",
    "COPY public.t (a) FROM stdin;\n1\\t;'\n\\.x\n\\\\.\n\\.\n\nselect 1;",
    ["copy 1 COPY public.t (a) FROM stdin;", 'rows "1\\\\t;\'\\n\\\\.x\\n\\\\\\\\.\\n"', "statement 7 select 1;"],
  ],
  [
    "no rows",
    "COPY t FROM stdin WITH (format csv);\n\\.\n",
    ["copy 1 COPY t FROM stdin WITH (format csv);", 'rows ""'],
  ],
  [
    "rows of Windows",
    "COPY t FROM STDIN;\r\n1\r\n\\.\r\nselect 1;",
    ["copy 1 COPY t FROM STDIN;", 'rows "1\\r\\n"', "statement 4 select 1;"],
  ],
  ["rows at the very end", "COPY t FROM STDIN;\n1\n\\.", ["copy 1 COPY t FROM STDIN;", 'rows "1\\n"']],
  [
    "a copy to somewhere",
    "copy (select 'from stdin') to stdout;",
    ["statement 1 copy (select 'from stdin') to stdout;"],
  ],
  [
    "pg_dump's own commands",
    "\\restrict abc\nselect 1;\n\\unrestrict abc",
    ["command 1 \\restrict abc", "statement 2 select 1;", "command 3 \\unrestrict abc"],
  ],
  ["a shell in a statement", "select 1 \\! id\n;", ["command 1 \\! id", "statement 1 select 1 \\! id\n;"]],
  ["a mark at the beginning", "\ufeffselect 'ä';", ["statement 1 select 'ä';"]],
];

describe("a script is taken apart as psql does", () => {
  it.each(CASES.filter(([name]) => name !== "a shell in a statement"))("%s", (_name, script, items) => {
    expect(read(script)).toEqual(items);
  });

  it.each(CASES.filter(([name]) => name !== "a shell in a statement"))(
    "%s, wherever a chunk ends",
    (_name, script, items) => {
      const { length } = Buffer.from(script);
      for (let cut = 1; cut < length; cut++) expect(read(script, [cut]), `cut at ${cut}`).toEqual(items);
      expect(
        read(
          script,
          Array.from({ length }, (_, index) => index),
        ),
      ).toEqual(items);
    },
  );
});

test("a command in a statement is told as one, and where", () => {
  const reader = new ScriptReader();
  reader.push(Buffer.from("select 1\n\\! id\n;"));
  expect(reader.next()).toEqual({ kind: "command", text: "\\! id", line: 2, isInside: true });
});

test("what the server says of strings is followed", () => {
  const reader = new ScriptReader();
  reader.push(Buffer.from("select 1; select '\\';'; select 2;"));
  reader.end();
  expect(reader.next()).toMatchObject({ text: "select 1;" });
  reader.standardStrings = false;
  expect(reader.next()).toMatchObject({ text: "select '\\';';" });
  expect(reader.next()).toMatchObject({ text: "select 2;" });
});

test.each([
  ["a statement", "select 1;\n\nselect 2", 3],
  ["a string", "select 'a;", 1],
  ["a dollar quote", "\ndo $x$ ; $y$;", 2],
  ["a comment", "/* a", 1],
  ["rows", "COPY t FROM stdin;\n1\n2\n", 3],
  ["a copy", "COPY t FROM stdin;", 1],
])("%s that breaks off is an error", (_name, script, line) => {
  expect(() => read(script)).toThrow(new FerryError("file.truncated", { line }));
});

test("what is not UTF-8 is an error, with its line", () => {
  const script = Buffer.from("select 1;\nselect '\xe4';", "latin1");
  expect(() => read(script)).toThrow(new FerryError("file.not_utf8", { line: 2 }));
});

test("any script of any parts is the same in any chunks", () => {
  const parts = [
    "select ",
    "'",
    "''",
    "E'",
    "\\",
    "$$",
    "$a$",
    "$",
    ";",
    "\n",
    "--",
    "/*",
    "*/",
    '"',
    "(",
    ")",
    "ä",
    "begin ",
    "end",
    "COPY t FROM stdin;\n",
    "\\.\n",
    "1\t2\n",
  ];
  const script = fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map((all) => all.join(""));
  const outcome = (text: string, cuts: readonly number[]) => {
    try {
      return read(text, cuts);
    } catch (error) {
      if (error instanceof FerryError) return error.message;
      throw error;
    }
  };
  fc.assert(
    fc.property(script, fc.array(fc.nat(120), { maxLength: 8 }), (text, cuts) => {
      const { length } = Buffer.from(text);
      expect(
        outcome(
          text,
          cuts.filter((cut) => cut < length),
        ),
      ).toEqual(outcome(text, []));
    }),
  );
});
