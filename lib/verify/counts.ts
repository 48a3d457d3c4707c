import type { Client } from "pg";
import type { TableRef } from "@/lib/plan/unit";
import { quoteQualified } from "@/lib/postgres/quote";

export interface CountedTable {
  table: TableRef;
  source: number;
  target: number;
}

/** Rows of each table itself, without those of tables that inherit from it. */
async function countRows(client: Client, tables: TableRef[]): Promise<number[]> {
  const selects = tables.map(
    ({ schema, name }, position) =>
      `select ${position} as position, count(*)::float8 as rows from only ${quoteQualified(schema, name)}`,
  );
  const { rows } = await client.query<{ position: number; rows: number }>(selects.join("\nunion all\n"));
  const counts = new Map(rows.map((row) => [row.position, row.rows]));
  return tables.map((_, position) => counts.get(position) ?? 0);
}

/** The rows of a table that meet a condition, as a statement and from one side. */
export const countStatement = ({ schema, name }: TableRef, condition = "true"): string =>
  `select count(*)::float8 as rows from only ${quoteQualified(schema, name)} where ${condition}`;

export async function countPart(client: Client, table: TableRef, condition?: string): Promise<number> {
  const { rows } = await client.query<{ rows: number }>(countStatement(table, condition));
  return rows[0]?.rows ?? 0;
}

/** Counts on both sides at once; the source under the import's snapshot. */
export async function countOnBothSides(source: Client, target: Client, tables: TableRef[]): Promise<CountedTable[]> {
  const [onSource, onTarget] = await Promise.all([countRows(source, tables), countRows(target, tables)]);
  return tables.map((table, index) => ({ table, source: onSource[index] ?? 0, target: onTarget[index] ?? 0 }));
}
