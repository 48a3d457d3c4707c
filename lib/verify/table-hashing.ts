import { quoteIdentifier } from "@/lib/postgres/quote";
import type { HashedColumn } from "./row-hash";
import type { TableFacts } from "./table-facts";
import { type ValueForm, valueForm } from "./value-form";

/** How the rows of a table are told apart, on one side. */
export interface SideHashing {
  columns: HashedColumn[];
  key: HashedColumn[] | null;
}

export interface TableHashing {
  columns: string[];
  /** Null without a key. */
  key: string[] | null;
  forms: ValueForm[];
  source: SideHashing;
  target: SideHashing;
}

/**
 * Pure: both sides' columns in one order and one form, or the names of those that only one side has. With `mayHaveMore`
 * those that only the target has do not count.
 */
export function tableHashing(
  source: TableFacts,
  target: TableFacts,
  majors: readonly [number, number],
  mayHaveMore = false,
): TableHashing | { lacking: string[] } {
  const twins = new Map(target.columns.map((column) => [column.name, column]));
  const missing = source.columns.filter(({ name }) => !twins.has(name)).map(({ name }) => name);
  const here = new Set(source.columns.map(({ name }) => name));
  const extra = mayHaveMore ? [] : target.columns.filter(({ name }) => !here.has(name)).map(({ name }) => name);
  if (missing.length + extra.length > 0) return { lacking: [...missing, ...extra] };
  const pairs = source.columns.map((column) => {
    const twin = twins.get(column.name) ?? column;
    const form = valueForm(column.type, twin.type, majors);
    const notNull = column.notNull && twin.notNull;
    const sql = `t.${quoteIdentifier(column.name)}`;
    const on = (type: typeof column.type): HashedColumn => ({ form, notNull, value: { sql, type } });
    return { name: column.name, form, source: on(column.type), target: on(twin.type) };
  });
  const keyed = source.key?.map((name) => pairs.find((pair) => pair.name === name));
  const isWhole = keyed?.every((pair) => pair !== undefined) ?? false;
  const side = (of: "source" | "target"): SideHashing => ({
    columns: pairs.map((pair) => pair[of]),
    key: isWhole ? (keyed ?? []).flatMap((pair) => (pair ? [pair[of]] : [])) : null,
  });
  return {
    columns: pairs.map(({ name }) => name),
    key: isWhole ? source.key : null,
    forms: pairs.map(({ form }) => form),
    source: side("source"),
    target: side("target"),
  };
}
