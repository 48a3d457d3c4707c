import { expect, it } from "vitest";
import { dumpPieces } from "./load-dump";

it("tells rows from statements", () => {
  const dump = [
    "CREATE TABLE a (t text);",
    "COPY public.a (t) FROM stdin;",
    "one; two",
    "\\\\. not the end",
    "\\.",
    "",
    "COPY public.b (t) FROM stdin;",
    "\\.",
    "CREATE INDEX i ON a (t);",
  ].join("\n");
  expect(dumpPieces(dump)).toEqual([
    { sql: "CREATE TABLE a (t text);\n" },
    { copy: "COPY public.a (t) FROM stdin;", rows: "one; two\n\\\\. not the end\n" },
    { sql: "\n\n" },
    { copy: "COPY public.b (t) FROM stdin;", rows: "" },
    { sql: "\nCREATE INDEX i ON a (t);" },
  ]);
});
