import type { Client } from "pg";
import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import { quoteIdentifier, quoteLiteral } from "@/lib/postgres/quote";
import { sqlstateOf } from "@/lib/postgres/sqlstate";
import { type ColumnType, fitQuestions, hasValues, typesStatement } from "./column-types";
import { columnNames } from "./csv-names";
import { type CsvShape, readRecords } from "./csv-shape";
import type { TextEncoding } from "./text-encoding";
import { copyIn } from "./wire";

export interface CsvReport extends CsvShape {
  kind: "csv";
  table: string;
  rows: number;
  encoding: TextEncoding;
  columns: { name: string; type: ColumnType }[];
}

export interface CsvFile extends CsvShape {
  table: string;
  encoding: TextEncoding;
  /** Its beginning as text, without a byte order mark. */
  head: string;
  isWhole: boolean;
  /** All of it, without a byte order mark. */
  chunks: AsyncIterable<Buffer>;
}

/** What the types are judged by must not depend on the server's settings. */
const SETTINGS = "set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set synchronous_commit = off";

/**
 * Makes one table of the file: first all columns as text, then each as the type that holds all of its values. A field
 * that is empty and has no quotes is null; one with quotes is an empty text.
 */
export async function loadCsv(client: Client, file: CsvFile): Promise<CsvReport> {
  const { head, isWhole, delimiter, hasHeader, encoding } = file;
  const [first] = readRecords(head, delimiter, isWhole, 1);
  if (!first) throw new FerryError("file.broken_line", { line: 1, reason: "the first line does not end" });
  const names = columnNames(hasHeader ? first : null, first.length);
  const table = `public.${quoteIdentifier(file.table)}`;
  await client.query(SETTINGS);
  const rows = await inWords(async () => {
    await client.query(`create table ${table} (${names.map((name) => `${quoteIdentifier(name)} text`).join(", ")})`);
    const options = `format csv, header ${hasHeader}, delimiter ${quoteLiteral(delimiter)}, encoding '${encoding}'`;
    return copyIn(client, `copy ${table} from stdin with (${options})`, file.chunks);
  });
  const columns: CsvReport["columns"] = [];
  for (const name of names) columns.push({ name, type: await typeOf(client, table, name) });
  const statement = typesStatement(table, columns);
  if (statement) await inWords(() => client.query(statement));
  return { kind: "csv", table: file.table, rows, encoding, delimiter, hasHeader, columns };
}

async function typeOf(client: Client, table: string, column: string): Promise<ColumnType> {
  if (!(await answer(client, hasValues(table, column)))) return "text";
  for (const { type, sql } of fitQuestions(table, column)) if (await answer(client, sql)) return type;
  return "text";
}

async function answer(client: Client, sql: string): Promise<boolean> {
  const { rows } = await client.query<{ fits: boolean }>(sql);
  return rows[0]?.fits ?? false;
}

/** The server names the line: `COPY orders, line 7, column …`. */
async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const sqlstate = sqlstateOf(error);
    if (sqlstate === null) throw error;
    if (sqlstate.startsWith("53")) throw new FerryError("file.disk_full", {}, { cause: error });
    const line = Number(/^COPY .*?, line (\d+)/.exec((error as { where?: string }).where ?? "")?.[1] ?? 1);
    throw new FerryError("file.broken_line", { line, reason: messageOf(error) }, { cause: error });
  }
}
