import type { SourceTable } from "@/lib/source/inventory";
import { indexCost, statementsCost, validateCost } from "./cost";
import { inChunks } from "./data-units";
import { type PlannedEntry, roleOf } from "./planned-entry";
import type { PlannedStatement, Unit } from "./unit";

const ENTRIES_PER_SCHEMA_UNIT = 500;
/** Indexes and keys of tables up to this size are made together; a larger table's each have a unit of their own. */
const LARGE_TABLE_BYTES = 16 * 1024 * 1024;
const SMALL_ENTRIES_PER_UNIT = 200;

export const statementOf = ({ id, kind, subject, statement, bestEffort }: PlannedEntry): PlannedStatement => ({
  id,
  kind,
  subject,
  statement,
  bestEffort,
});

type StatementKind = "schema" | "post" | "constraint";

function subjectOfEntries(entries: PlannedEntry[]): string {
  const [first] = entries;
  return entries.length === 1 && first ? first.subject : `${entries.length} objects`;
}

function statementsUnit(
  kind: StatementKind,
  id: string,
  entries: PlannedEntry[],
  dependsOn: Iterable<string>,
  cost = statementsCost(entries.length),
): Unit {
  const payload = { kind, statements: entries.map(statementOf) };
  return { id, subject: subjectOfEntries(entries), cost, dependsOn: [...new Set(dependsOn)], payload };
}

function indexUnit(entries: PlannedEntry[], dependsOn: string[], cost: number): Unit {
  const tables = new Set(entries.map((entry) => entry.tableOid).filter((oid) => oid !== null));
  return {
    id: `index:${entries[0]?.id}`,
    subject: subjectOfEntries(entries),
    cost,
    dependsOn,
    payload: { kind: "index", statements: entries.map(statementOf), tables: [...tables] },
  };
}

/** Pre-data in archive order, one batch after the other. */
export function schemaUnits(entries: PlannedEntry[]): Unit[] {
  return inChunks(entries, ENTRIES_PER_SCHEMA_UNIT).map((chunk, index) =>
    statementsUnit("schema", `schema:${index + 1}`, chunk, index === 0 ? [] : [`schema:${index}`]),
  );
}

export interface StructureInput {
  entries: PlannedEntry[];
  tables: ReadonlyMap<number, SourceTable>;
  /** Units after which a relation is filled: the copies of a table, the refresh of a materialized view. */
  filledBy: (oid: number) => string[];
}

/** Indexes, and the keys that are indexes. */
export function indexUnits({ entries, tables, filledBy }: StructureInput): Unit[] {
  const indexes = entries.filter((entry) => roleOf(entry) === "index");
  const bytes = (entry: PlannedEntry) => tables.get(entry.tableOid ?? -1)?.bytes ?? 0;
  const waits = (entry: PlannedEntry) => (entry.tableOid === null ? [] : filledBy(entry.tableOid));
  const large = indexes.filter((entry) => bytes(entry) >= LARGE_TABLE_BYTES);
  const units = large.map((entry) => indexUnit([entry], waits(entry), indexCost(bytes(entry))));
  // Tables that arrive together are indexed together: their bundle need not wait for any other.
  const groups = new Map<string, PlannedEntry[]>();
  const small = indexes.filter((entry) => bytes(entry) < LARGE_TABLE_BYTES);
  // In the order in which verification goes over tables: two that lock in different orders could lock each other out.
  for (const entry of small.sort((left, right) => (left.tableOid ?? 0) - (right.tableOid ?? 0))) {
    const key = waits(entry).join();
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  for (const chunk of [...groups.values()].flatMap((group) => inChunks(group, SMALL_ENTRIES_PER_UNIT))) {
    const cost = chunk.reduce((sum, entry) => sum + indexCost(bytes(entry)), 0);
    units.push(indexUnit(chunk, chunk.slice(0, 1).flatMap(waits), cost));
  }
  return units;
}

/** Whether it takes its tables for itself, as `ALTER TABLE … ADD CONSTRAINT` does, and not only from those who write. */
export const makesKey = ({ payload }: Unit): boolean =>
  payload.kind === "index" && payload.statements.some(({ kind }) => kind === "CONSTRAINT");

/** Oid of each table to the units that index it. */
export function indexesByTable(units: Unit[]): Map<number, string[]> {
  const map = new Map<number, string[]>();
  for (const { id, payload } of units) {
    if (payload.kind !== "index") continue;
    for (const oid of payload.tables) map.set(oid, [...(map.get(oid) ?? []), id]);
  }
  return map;
}

/** One unit that hangs the partitions' indexes onto those of their parents. */
export function attachUnits(entries: PlannedEntry[], indexes: string[]): Unit[] {
  const attaches = entries.filter((entry) => roleOf(entry) === "attach");
  return attaches.length === 0 ? [] : [statementsUnit("constraint", "attach", attaches, indexes)];
}

export const DEFINITIONS = "definitions";

/** Views and functions that lean on a key, in archive order; materialized views may read them. */
export function definitionUnits(entries: PlannedEntry[], dependsOn: string[]): Unit[] {
  const definitions = entries.filter((entry) => roleOf(entry) === "definition");
  return definitions.length === 0 ? [] : [statementsUnit("schema", DEFINITIONS, definitions, dependsOn)];
}

/**
 * Foreign keys, and checks that are not valid on the source. A key of a large table is added without a look at its
 * rows and validated in a unit of its own, so that validations run side by side.
 */
export function constraintUnits(
  { entries, tables, filledBy }: StructureInput,
  waitsOf: (key: PlannedEntry) => string[],
): Unit[] {
  const bytes = (entry: PlannedEntry) => tables.get(entry.tableOid ?? -1)?.bytes ?? 0;
  const checks = entries.filter((entry) => roleOf(entry) === "check");
  const keys = entries.filter((entry) => roleOf(entry) === "foreign-key");
  const units = inChunks(checks, SMALL_ENTRIES_PER_UNIT).map((chunk, index) => {
    const waits = chunk.flatMap((entry) => (entry.tableOid === null ? [] : filledBy(entry.tableOid)));
    return statementsUnit("constraint", `check:${index + 1}`, chunk, waits);
  });
  for (const key of keys.filter((entry) => bytes(entry) >= LARGE_TABLE_BYTES)) {
    const split = splitValidation(key);
    const table = tables.get(key.tableOid ?? -1);
    units.push(statementsUnit("constraint", `constraint:${key.id}`, [split ?? key], waitsOf(key)));
    if (!split || !table) continue;
    const { oid, schema, name } = table;
    units.push({
      id: `validate:${key.id}`,
      subject: key.subject,
      cost: validateCost(table.bytes),
      dependsOn: [`constraint:${key.id}`],
      payload: { kind: "validate", table: { oid, schema, name }, constraint: constraintName(key) },
    });
  }
  const small = keys.filter((entry) => bytes(entry) < LARGE_TABLE_BYTES);
  inChunks(small, SMALL_ENTRIES_PER_UNIT).forEach((chunk, index) => {
    // One after the other: each locks two tables per key until it commits, and two at once would meet in a deadlock.
    const before = index === 0 ? [] : [`constraints:${index}`];
    units.push(statementsUnit("constraint", `constraints:${index + 1}`, chunk, [...before, ...chunk.flatMap(waitsOf)]));
  });
  return units;
}

/** An entry's name is that of its table and its own: `orders orders_customer_fkey`. The statement quotes it for sure. */
function constraintName(entry: PlannedEntry): string {
  const quoted = /ADD CONSTRAINT (?:"((?:[^"]|"")*)"|([^\s"]+)) FOREIGN KEY/.exec(entry.statement);
  return quoted?.[1]?.replaceAll('""', '"') ?? quoted?.[2] ?? "";
}

/** `… NOT VALID`, or null where that cannot be: it is never validated anyway, or the table is partitioned. */
function splitValidation(entry: PlannedEntry): PlannedEntry | null {
  const statement = entry.statement.trim().replace(/;$/, "");
  if (/\bNOT (?:VALID|ENFORCED)$/.test(statement) || !statement.startsWith("ALTER TABLE ONLY ")) return null;
  return constraintName(entry) === "" ? null : { ...entry, statement: `${statement} NOT VALID;` };
}

/** Triggers, policies and all the rest: last, when nothing is loaded any more. */
export function postUnits(entries: PlannedEntry[], dependsOn: string[]): Unit[] {
  const rest = entries.filter((entry) => roleOf(entry) === "post");
  return inChunks(rest, ENTRIES_PER_SCHEMA_UNIT).map((chunk, index) =>
    statementsUnit("post", `post:${index + 1}`, chunk, index === 0 ? dependsOn : [`post:${index}`]),
  );
}
