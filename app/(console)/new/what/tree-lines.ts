import { formatTableName } from "@/lib/plan/table-name";
import type { TreeSchema, TreeTable } from "@/lib/source/table-tree";

/** A row of the tree, as far as it does not depend on what is chosen. */
export type TreeLine =
  | { kind: "all"; id: string; level: 1; place: 1; of: 1; isPart: boolean }
  | { kind: "schema"; id: string; level: 2; place: number; of: number; schema: ShownSchema; isOpen: boolean }
  | { kind: "table"; id: string; level: 3; place: number; of: number; schema: ShownSchema; table: ShownTable };

export interface ShownTable extends TreeTable {
  /** As options name it. */
  key: string;
}

/** A schema with those of its tables that a search has found. */
export interface ShownSchema {
  name: string;
  tables: ShownTable[];
  /** Whether the search has hidden some. */
  isPart: boolean;
}

export function withKeys(schemas: readonly TreeSchema[]): ShownSchema[] {
  return schemas.map(({ name, tables }) => ({
    name,
    isPart: false,
    tables: tables.map((table) => ({ ...table, key: formatTableName({ schema: name, name: table.name }) })),
  }));
}

/** Words of a search may stand anywhere in `schema.table`. A schema that is found itself is shown whole. Pure. */
export function searchTree(schemas: readonly ShownSchema[], search: string): ShownSchema[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...schemas];
  const fits = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  return schemas.flatMap((schema) => {
    if (fits(schema.name)) return [schema];
    const tables = schema.tables.filter((table) => fits(`${schema.name}.${table.name}`));
    return tables.length > 0 ? [{ ...schema, tables, isPart: tables.length < schema.tables.length }] : [];
  });
}

/** The rows from top to bottom; `isPart` where a search leaves some out. Pure. */
export function linesOf(schemas: readonly ShownSchema[], closed: ReadonlySet<string>, isPart = false): TreeLine[] {
  const lines: TreeLine[] = [{ kind: "all", id: "all", level: 1, place: 1, of: 1, isPart }];
  schemas.forEach((schema, index) => {
    const isOpen = !closed.has(schema.name);
    const common = { place: index + 1, of: schemas.length };
    lines.push({ kind: "schema", id: `schema ${schema.name}`, level: 2, ...common, schema, isOpen });
    if (!isOpen) return;
    schema.tables.forEach((table, place) => {
      lines.push({
        ...{ kind: "table", id: `table ${table.key}`, level: 3, place: place + 1, of: schema.tables.length },
        ...{ schema, table },
      });
    });
  });
  return lines;
}
