import type { Selection } from "@/lib/plan/selection";
import type { ShownSchema } from "./tree-lines";

/** All of it, none, or some. */
export type Tri = "all" | "none" | "some";

const triOf = (chosen: number, of: number): Tri => (of > 0 && chosen === of ? "all" : chosen === 0 ? "none" : "some");

export interface Amount {
  tables: number;
  bytes: number;
  /** Of the tables that the source has counted. */
  rows: number;
  /** Tables with rows that it never has. */
  uncounted: number;
}

export interface SchemaChoice {
  isIn: Tri;
  /** Of what comes: with rows or without. */
  hasData: Tri;
  /** What comes of it. */
  amount: Amount;
}

const NOTHING: Amount = { tables: 0, bytes: 0, rows: 0, uncounted: 0 };

export const addAmounts = (one: Amount, other: Amount): Amount => ({
  tables: one.tables + other.tables,
  bytes: one.bytes + other.bytes,
  rows: one.rows + other.rows,
  uncounted: one.uncounted + other.uncounted,
});

/** How much of a schema is chosen, of what is shown of it. Pure. */
export function choiceOf({ name, tables }: ShownSchema, selection: Selection): SchemaChoice {
  const coming = tables.filter(({ key }) => !selection.leftOut.has(key));
  const filled = coming.filter(({ key }) => !selection.withoutData.has(key));
  const isIn = tables.length > 0 ? triOf(coming.length, tables.length) : selection.schemas.has(name) ? "all" : "none";
  const amount = { ...NOTHING, tables: coming.length };
  for (const { bytes, rows } of filled) {
    amount.bytes += bytes;
    amount.rows += rows ?? 0;
    amount.uncounted += rows === null ? 1 : 0;
  }
  return { isIn, hasData: triOf(filled.length, coming.length), amount };
}

export function totalOf(choices: readonly SchemaChoice[]): SchemaChoice {
  const together = (list: Tri[]): Tri =>
    list.every((one) => one === "all") ? "all" : list.every((one) => one === "none") ? "none" : "some";
  const withTables = choices.filter(({ amount }) => amount.tables > 0);
  return {
    isIn: choices.length === 0 ? "none" : together(choices.map(({ isIn }) => isIn)),
    hasData: withTables.length === 0 ? "none" : together(withTables.map(({ hasData }) => hasData)),
    amount: choices.reduce((sum, { amount }) => addAmounts(sum, amount), NOTHING),
  };
}

/** What a box was pressed for: schemas as they are shown, or a single table. */
export interface Part {
  schema: ShownSchema;
  keys: readonly string[];
}

export const wholeOf = (schema: ShownSchema): Part => ({ schema, keys: schema.tables.map(({ key }) => key) });

/** `all` are the schemas whole, by which one knows when nothing of one is left. Pure. */
export function chooseParts(
  selection: Selection,
  parts: readonly Part[],
  isIn: boolean,
  all: readonly ShownSchema[],
): Selection {
  const leftOut = new Set(selection.leftOut);
  for (const key of parts.flatMap(({ keys }) => keys)) {
    if (isIn) leftOut.delete(key);
    else leftOut.add(key);
  }
  const schemas = new Set(selection.schemas);
  const touched = new Set(parts.map(({ schema }) => schema.name));
  for (const { name, tables } of all) {
    if (!touched.has(name)) continue;
    if (tables.length > 0 ? tables.some(({ key }) => !leftOut.has(key)) : isIn) schemas.add(name);
    else schemas.delete(name);
  }
  return { ...selection, schemas, leftOut };
}

export function chooseData(selection: Selection, keys: readonly string[], isWith: boolean): Selection {
  const withoutData = new Set(selection.withoutData);
  for (const key of keys) {
    if (isWith) withoutData.delete(key);
    else withoutData.add(key);
  }
  return { ...selection, withoutData };
}
