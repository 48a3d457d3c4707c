import type { Client } from "pg";
import type { TableRef } from "@/lib/plan/unit";
import { quoteIdentifier, quoteQualified } from "@/lib/postgres/quote";

export async function validateConstraint(target: Client, table: TableRef, constraint: string): Promise<void> {
  const name = quoteQualified(table.schema, table.name);
  await target.query(`alter table ${name} validate constraint ${quoteIdentifier(constraint)}`);
}

export async function refreshView(target: Client, view: TableRef): Promise<void> {
  await target.query(`refresh materialized view ${quoteQualified(view.schema, view.name)}`);
}

export async function analyzeTables(target: Client, tables: TableRef[]): Promise<void> {
  await target.query(`analyze ${tables.map((table) => quoteQualified(table.schema, table.name)).join(", ")}`);
}
