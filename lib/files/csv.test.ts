import fc from "fast-check";
import { expect, it, test } from "vitest";
import { FerryError } from "@/lib/errors/ferry-error";
import { cleanFileName, columnNames, nameFromFile } from "./csv-names";
import { CsvScan } from "./csv-scan";
import { DELIMITERS, readRecords, recogniseCsv } from "./csv-shape";
import { lacksItsEnd, recogniseFile } from "./file-kind";
import { recogniseEncoding } from "./text-encoding";

test.each([
  ["id,name\n1,Anna\n2,Ben\n", ",", true],
  ["id;price\n1;3,50\n2;4,00\n", ";", true],
  ["id\tname\n1\tAnna, of Bonn\n", "\t", true],
  ["a|b|c\n1|2|3\n", "|", true],
  ["1,Anna\n2,Ben\n", ",", false],
  ["Anna,Bonn\nBen,Anna\nAnna,Köln\n", ",", false],
  ["name,name\nAnna,Ben\n", ",", false],
  ["2024-01-01;a\n2024-01-02;b\n", ";", false],
  ['"first name","city, country"\n"Anna","Bonn, DE"\n', ",", true],
  ["just one column\nof text\n", ",", true],
])("%j is written with %j", (text, delimiter, hasHeader) => {
  expect(recogniseCsv(text, true)).toEqual({ delimiter, hasHeader });
});

const field = fc.string({ unit: fc.constantFrom("a", "1", '"', ",", ";", "\t", "|", "\n", "ä", " "), maxLength: 8 });
const table = fc
  .integer({ min: 2, max: 5 })
  .chain((columns) =>
    fc.array(fc.array(field, { minLength: columns, maxLength: columns }), { minLength: 2, maxLength: 12 }),
  );
const written = (rows: string[][], delimiter: string) =>
  rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter)).join("\n");

test("whatever stands in quotes, the delimiter is recognised and the fields come back", () => {
  fc.assert(
    fc.property(table, fc.constantFrom(...DELIMITERS), (rows, delimiter) => {
      const text = written(rows, delimiter);
      expect(recogniseCsv(text, true).delimiter).toBe(delimiter);
      expect(readRecords(text, delimiter, true)).toEqual(rows);
    }),
  );
});

test("all records are counted, in whatever chunks they come", () => {
  fc.assert(
    fc.property(
      table,
      fc.constantFrom(...DELIMITERS),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      (rows, delimiter, size, ends) => {
        const bytes = Buffer.from(written(rows, delimiter) + (ends ? "\r\n" : ""));
        const scan = new CsvScan(delimiter);
        for (let at = 0; at < bytes.length; at += size) scan.push(bytes.subarray(at, at + size));
        scan.end();
        expect(scan.records).toBe(rows.length);
      },
    ),
  );
});

test.each([
  ['a,b\n5" pipe,1\n', 2],
  ['a,b\n1,2\n"x"y,1\n', 3],
  ['a,b\n"x" ,1\n', 2],
])("%j would be read otherwise than it was meant", (text, line) => {
  const scan = new CsvScan(",");
  const context = expect.objectContaining({ line });
  expect(() => scan.push(Buffer.from(text))).toThrow(expect.objectContaining({ code: "file.broken_line", context }));
});

test("a quote that is never closed breaks off", () => {
  const scan = new CsvScan(",");
  scan.push(Buffer.from('a,b\n1,"2\n3,4\n'));
  expect(() => scan.end()).toThrow(new FerryError("file.truncated", { line: 2 }));
});

test.each([
  ["Orders 2024.csv", "orders_2024"],
  ["../../etc/passwd", "etc_passwd"],
  ["2024.csv", "file_2024"],
  ["pg_class.csv", "file_pg_class"],
  ["Größe (neu).CSV", "größe_neu"],
  ["???.csv", "file"],
  [`${"ä".repeat(80)}.csv`, "ä".repeat(31)],
])("the table of %s is %s", (file, name) => {
  expect(nameFromFile(file)).toBe(name);
});

test.each([
  ["C:\\Users\\anna\\orders.csv", "orders.csv"],
  ["../../etc/passwd", "passwd"],
  ["a\u202egpj.csv\n", "agpj.csv"],
  ["/", "file"],
])("%j is shown as %s", (name, clean) => {
  expect(cleanFileName(name)).toBe(clean);
});

test("columns have names, each its own", () => {
  expect(columnNames(["id", " Name ", "", "id", "id_2"], 5)).toEqual(["id", "Name", "column_3", "id_2", "id_2_2"]);
  expect(columnNames(null, 2)).toEqual(["column_1", "column_2"]);
});

const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("a,b\n", "utf16le")]);
const kinds: [string, Buffer | string, string][] = [
  ["a dump", "--\n-- PostgreSQL database dump\n--\n\n\\restrict x\n\nSET statement_timeout = 0;\n", "script"],
  ["a script", "/* mine */ create table t (a int);", "script"],
  ["rows of words", "set,of\nwords,here\n", "csv"],
  ["a table", "id,name\n1,Anna\n", "csv"],
  ["a custom dump", "PGDMP\x01\x10", "It is a custom-format dump"],
  ["gzip", Buffer.from([0x1f, 0x8b, 8]), "It is compressed by gzip"],
  ["a workbook", "PK\x03\x04", "It is a ZIP archive"],
  ["UTF-16", utf16, "It is text in UTF-16"],
  ["a web page", "<!DOCTYPE html><html>", "It is a web page"],
  ["a program", Buffer.from("\x7fELF\0\0"), "It holds bytes that are no text"],
  ["MySQL", "-- MySQL dump 10.13\n", "It is a dump of MySQL"],
  ["a server", "--\n-- PostgreSQL database cluster dump\n--\n", "It is a dump of a whole server"],
  ["nothing", "", "It is empty"],
];
it.each(kinds)("recognises %s", (_name, head, expected) => {
  const found = recogniseFile(Buffer.from(head));
  expect("kind" in found ? found.kind : found.refused).toMatch(new RegExp(`^${expected}`));
});

test("a dump of pg_dump without its last line lacks its end", () => {
  const head = "--\n-- PostgreSQL database dump\n--\n";
  expect(lacksItsEnd(head, "select 1;\n")).toBe(true);
  expect(lacksItsEnd(head, "--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict x\n")).toBe(false);
  expect(lacksItsEnd("create table t ();", "")).toBe(false);
});

test.each([
  ["UTF8", ["ä,1\n", "ö,2\n"].map((text) => Buffer.from(text))],
  ["UTF8", [Buffer.from([0xc3]), Buffer.from([0xa4])]],
  ["LATIN1", [Buffer.from([0xe4, 0x2c])]],
  ["WIN1252", [Buffer.from([0xe4, 0x80])]],
  ["LATIN1", [Buffer.from([0x80, 0x81])]],
  ["LATIN1", [Buffer.from([0xc3])]],
])("%s is recognised by all bytes", async (encoding, chunks) => {
  async function* all() {
    yield* chunks;
  }
  expect(await recogniseEncoding(all())).toBe(encoding);
});
