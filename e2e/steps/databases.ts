import { serverOf, tableOf } from "@/lib/plan/plan-arbitraries";
import type { PlanInput } from "@/lib/plan/plan-units";
import type { PlannedEntry } from "@/lib/plan/planned-entry";
import type { SourceTable } from "@/lib/source/inventory";

const PAGE_BYTES = 8_192;

interface Shape {
  tables: number;
  bytesPerTable: number;
  indexesPerTable: number;
  verifyCounts: boolean;
}

export type SimulatedDatabase = Omit<PlanInput, "lanes">;

/** So many tables of one size, each with a key, indexes, a foreign key to the one before it and a trigger. */
export function databaseOf({ tables: count, bytesPerTable, indexesPerTable, verifyCounts }: Shape): SimulatedDatabase {
  const tables = Array.from({ length: count }, (_, index): SourceTable => {
    const pages = Math.ceil(bytesPerTable / PAGE_BYTES);
    return tableOf(10_000 + index, { bytes: bytesPerTable, pages, estimatedRows: bytesPerTable / 100 });
  });
  const entries: PlannedEntry[] = [];
  const add = (
    kind: string,
    section: PlannedEntry["section"],
    table: SourceTable,
    more: Partial<PlannedEntry> = {},
  ) => {
    const id = entries.length + 1;
    const name = `${table.name}_${id}`;
    const subject = `public.${name}`;
    const statement = `CREATE ${kind} ${name};`;
    const bestEffort = false;
    entries.push({
      id,
      kind,
      section,
      subject,
      name,
      tableOid: table.oid,
      dependencies: [],
      statement,
      bestEffort,
      ...more,
    });
    return id;
  };
  for (const table of tables) for (const kind of ["SEQUENCE", "TABLE", "DEFAULT"]) add(kind, "pre-data", table);
  const keys = tables.map((table) => add("CONSTRAINT", "post-data", table));
  for (const table of tables) {
    for (let index = 0; index < indexesPerTable; index++) add("INDEX", "post-data", table);
  }
  tables.forEach((table, index) => {
    const key = keys[index - 1];
    if (key === undefined) return;
    const statement = `ALTER TABLE ONLY public.${table.name}\n    ADD CONSTRAINT f_${index} FOREIGN KEY (a) REFERENCES public.b(id);`;
    add("FK CONSTRAINT", "post-data", table, { statement, dependencies: [key] });
    add("TRIGGER", "post-data", table);
  });
  return {
    server: serverOf(17),
    entries,
    tables,
    filled: new Set(tables.map(({ oid }) => oid)),
    sequences: tables.map(({ oid, schema, name }) => ({
      oid: oid + 100_000,
      schema,
      name: `${name}_seq`,
      readable: true,
    })),
    materializedViews: [],
    largeObjects: null,
    verify: verifyCounts ? "counts" : "none",
  };
}
