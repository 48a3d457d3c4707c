import type { TableRef } from "@/lib/plan/unit";
import { quoteIdentifier, quoteQualified } from "@/lib/postgres/quote";

const quoted = ({ schema, name }: TableRef) => quoteQualified(schema, name);

export const validateConstraint = (table: TableRef, constraint: string): string =>
  `alter table ${quoted(table)} validate constraint ${quoteIdentifier(constraint)}`;

export const refreshView = (view: TableRef): string => `refresh materialized view ${quoted(view)}`;

export const analyzeTables = (tables: TableRef[]): string => `analyze ${tables.map(quoted).join(", ")}`;
