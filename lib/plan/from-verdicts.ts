import type { Archive } from "@/lib/schema/archive";
import { entriesById, entrySubject, isRelation, tableOf } from "@/lib/schema/entry-facts";
import { relationsNamed } from "@/lib/schema/policy/chosen-relations";
import type { Verdict } from "@/lib/schema/policy/context";
import { isCarried, tablesWithRows } from "@/lib/schema/policy/decide";
import type { Inventory } from "@/lib/source/inventory";
import { type PlannedTable, planTable } from "./copy-plan";
import { type ObjectNote, objectsWith } from "./left-out";
import { type ImportOptions, readTableNames } from "./options";
import { planUnits } from "./plan-units";
import type { PlannedEntry } from "./planned-entry";
import type { Unit } from "./unit";
import { verifyLevel } from "./verify-level";

export interface Plan {
  units: Unit[];
  tables: PlannedTable[];
  skipped: ObjectNote[];
}

/** What is carried and in which pieces. Pure: the same archive, inventory and options make the same plan. */
export function makePlan(archive: Archive, verdicts: Verdict[], inventory: Inventory, options: ImportOptions): Plan {
  const byId = entriesById(archive);
  const carried = verdicts.filter((verdict) => isCarried(verdict.action));
  const entries = carried.map(({ entry, action, statement }): PlannedEntry => {
    const relation = isRelation(entry) ? entry : tableOf(entry, byId);
    return {
      id: entry.id,
      kind: entry.kind,
      section: entry.section === "post-data" ? "post-data" : "pre-data",
      subject: entrySubject(entry),
      name: entry.name,
      tableOid: relation?.objectOid ?? null,
      dependencies: entry.dependencies,
      statement,
      bestEffort: action === "best-effort",
    };
  });

  const created = new Set(carried.filter(({ entry }) => isRelation(entry)).map(({ entry }) => entry.objectOid));
  const tables = inventory.tables.filter((table) => created.has(table.oid));
  const wanted = new Set(tablesWithRows(verdicts).map((entry) => entry.objectOid));
  const emptied = relationsNamed(archive.entries, byId, readTableNames(options.excludeTableData));
  const withoutRows = new Set([...emptied].map((id) => byId.get(id)?.objectOid));
  const hasRows = ({ oid }: { oid: number }) => options.content === "all" && wanted.has(oid) && !withoutRows.has(oid);

  const types = new Map(inventory.types.map((type) => [type.oid, type]));
  const units = planUnits({
    server: inventory.server,
    entries,
    tables,
    filled: new Set(tables.filter(hasRows).map((table) => table.oid)),
    sequences: options.content === "all" ? inventory.sequences.filter(({ oid }) => created.has(oid)) : [],
    materializedViews:
      options.content === "all" ? inventory.materializedViews.filter(({ oid }) => created.has(oid)) : [],
    largeObjects: options.content === "all" && options.largeObjects ? inventory.largeObjects : null,
    verify: verifyLevel(options.verify, inventory.server.databaseBytes),
    lanes: options.lanes,
  });
  return {
    units,
    tables: tables.map((table) => planTable(table, types, hasRows(table))),
    skipped: objectsWith("skip", verdicts),
  };
}
