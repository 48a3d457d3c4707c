import type { ImportOptions } from "./options";
import { readTableNames } from "./options";
import { formatTableName } from "./table-name";

/** The schemas of a source with the names of their tables. */
export interface SelectableSchema {
  name: string;
  tables: readonly string[];
  /** It stays behind unless it is named. */
  isProviders: boolean;
}

/** What of it is to come. Tables by their names as `formatTableName` writes them. */
export interface Selection {
  /** Schemas of which something comes; one without a table has nothing else to be known by. */
  schemas: ReadonlySet<string>;
  leftOut: ReadonlySet<string>;
  withoutData: ReadonlySet<string>;
}

export type FilterOptions = Pick<ImportOptions, "schemas" | "tables" | "excludeTables" | "excludeTableData">;

/** From so many on, tables that stay behind are not listed if those that come are fewer. */
const LISTED = 1_000;

/**
 * True where so few of very many tables come that these are named rather than the others: then only what they need
 * comes with them, and not all else that is in the schema.
 */
export function isNamedByTable(schema: SelectableSchema, { leftOut }: Pick<Selection, "leftOut">): boolean {
  const out = schema.tables.filter((name) => leftOut.has(formatTableName({ schema: schema.name, name }))).length;
  return out > LISTED && schema.tables.length - out < out;
}

/** Options that mean a selection. Pure. At least one schema is in it: none at all would mean everything. */
export function filterOf(tree: readonly SelectableSchema[], selection: Selection): FilterOptions {
  const { withoutData } = selection;
  const chosen = tree.filter(({ name }) => selection.schemas.has(name));
  const keys = (schema: SelectableSchema) =>
    schema.tables.map((name) => formatTableName({ schema: schema.name, name }));
  const byTable = chosen.filter((schema) => isNamedByTable(schema, selection));
  const whole = chosen.filter((schema) => !byTable.includes(schema));
  const isUsual =
    byTable.length === 0 && tree.every(({ name, isProviders }) => isProviders !== selection.schemas.has(name));
  return {
    schemas: isUsual ? [] : whole.map(({ name }) => name),
    tables: byTable.flatMap(keys).filter((key) => !selection.leftOut.has(key)),
    excludeTables: whole.flatMap(keys).filter((key) => selection.leftOut.has(key)),
    excludeTableData: chosen.flatMap(keys).filter((key) => withoutData.has(key) && !selection.leftOut.has(key)),
  };
}

/** What options mean for the tables there are now. Pure. */
export function selectionOf(tree: readonly SelectableSchema[], options: FilterOptions): Selection {
  const normal = (names: string[]) => new Set(readTableNames(names).map(formatTableName));
  const [listed, excluded] = [normal(options.tables), normal(options.excludeTables)];
  const everything = options.schemas.length + options.tables.length === 0;
  const schemas = new Set<string>();
  const leftOut = new Set<string>();
  for (const { name: schema, tables, isProviders } of tree) {
    const isWhole = options.schemas.includes(schema) || (everything && !isProviders);
    const keys = tables.map((name) => formatTableName({ schema, name }));
    const coming = keys.filter((key) => !excluded.has(key) && (isWhole || listed.has(key)));
    if (coming.length > 0 || (isWhole && keys.length === 0)) schemas.add(schema);
    const isComing = new Set(coming);
    for (const key of keys) if (!isComing.has(key)) leftOut.add(key);
  }
  return { schemas, leftOut, withoutData: normal(options.excludeTableData) };
}
