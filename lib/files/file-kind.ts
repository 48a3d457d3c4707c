export type FileKind = "script" | "csv";
export type Recognised = { kind: FileKind } | { refused: string };

/** How much of a file tells what it is. */
export const HEAD_BYTES = 64 * 1024;

const SIGNATURES: readonly [bytes: string, refused: string][] = [
  [
    "PGDMP",
    "It is a custom-format dump of pg_dump; make a plain one with pg_dump --format=plain, or with pg_restore --file=dump.sql",
  ],
  ["\x1f\x8b", "It is compressed by gzip; unpack it first"],
  ["PK\x03\x04", "It is a ZIP archive or a workbook; unpack it, or save the sheet as CSV"],
  ["BZh", "It is compressed by bzip2; unpack it first"],
  ["\xfd7zXZ", "It is compressed by xz; unpack it first"],
  ["\x28\xb5\x2f\xfd", "It is compressed by zstd; unpack it first"],
  ["SQLite format 3", "It is a database of SQLite"],
  ["%PDF", "It is a PDF document"],
  ["\xff\xfe", "It is text in UTF-16; save it as UTF-8"],
  ["\xfe\xff", "It is text in UTF-16; save it as UTF-8"],
];

const STATEMENT =
  /^((begin|start transaction)\s*;|(set|create|alter|insert into|copy|select|begin|start transaction|drop|comment on|grant|revoke|do|truncate|delete from|update|with)\s[^\n]*[\s(;])/i;

/** What a file is, by its first bytes and not by its name. Pure. */
export function recogniseFile(head: Buffer): Recognised {
  const start = head.toString("latin1", 0, 512);
  const known = SIGNATURES.find(([bytes]) => start.startsWith(bytes));
  if (known) return { refused: known[1] };
  if (head.length === 0) return { refused: "It is empty" };
  if (head.toString("latin1", 257, 262) === "ustar") return { refused: "It is a tar archive; give a plain dump" };
  if (head.includes(0)) return { refused: "It holds bytes that are no text" };
  const text = head.toString("utf8").replace(/^\ufeff/, "");
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) return { refused: "It is a web page or XML" };
  if (/^-- (MySQL|MariaDB) dump/.test(text)) return { refused: "It is a dump of MySQL or MariaDB" };
  if (/^--\s+PostgreSQL database cluster dump/m.test(text.slice(0, 200)))
    return { refused: "It is a dump of a whole server; dump one database with pg_dump" };
  const first = withoutComments(text);
  if (/^\\(un)?restrict\b/.test(first) || STATEMENT.test(first)) return { kind: "script" };
  if (text.trim() === "") return { refused: "It is empty" };
  return first === "" || text.startsWith("--\n") ? { kind: "script" } : { kind: "csv" };
}

/** What follows the comments at the beginning. */
function withoutComments(text: string): string {
  let rest = text.trimStart();
  for (let before = ""; before !== rest; ) {
    before = rest;
    rest = rest
      .replace(/^--[^\n]*(\n|$)/, "")
      .replace(/^\/\*[\s\S]*?\*\//, "")
      .trimStart();
  }
  return rest;
}

/** How pg_dump begins and ends a plain dump. */
const BEGINS = "-- PostgreSQL database dump\n";
const ENDS = "-- PostgreSQL database dump complete";

/** Whether a dump of pg_dump lacks its end: cut off between two statements, it would look whole. Pure. */
export const lacksItsEnd = (head: string, tail: string): boolean =>
  head.replaceAll("\r", "").slice(0, 500).includes(BEGINS) && !tail.includes(ENDS);
