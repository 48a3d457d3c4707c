import type { Inventory, SourceTable } from "@/lib/source/inventory";
import { planCopies, planTable } from "../copy-plan";
import { scanCost, statementsCost } from "../cost";
import { copiesByTable, copyUnits, inChunks, refOf, subjectOf, tableUnits } from "../data-units";
import type { Plan } from "../from-verdicts";
import { largeObjectComparisons, largeObjectUnits } from "../large-object-units";
import type { ImportOptions } from "../options";
import { formatTableName } from "../table-name";
import type { PlannedStatement, TableRef, Unit } from "../unit";
import { verifyLevel } from "../verify-level";
import { type AsideKey, addKey, commentKey, isValidatedApart, restoreTrigger, titleOf, validateKey } from "./aside";
import type { Matching } from "./match";

/** It begins like the units that make the schema: what it does stays when rows are read again (`lib/copy/epoch.ts`). */
export const ASIDE_UNIT = "schema:aside";
const KEYS_PER_UNIT = 100;
const SEQUENCES_PER_UNIT = 500;
/** A foreign key of a table from this size on is validated in a unit of its own. */
const LARGE_TABLE_BYTES = 16 * 1024 * 1024;
const FIRST_OF_USERS = 16_384;

/**
 * The plan of an import into tables that are there already. What refuses or changes rows is put aside first and put back
 * last; all between is as in any other import. Pure.
 */
export function makeDataPlan(matching: Matching, inventory: Inventory, options: ImportOptions): Plan {
  const wanted = new Set(matching.tables.map(({ oid }) => oid));
  const tables = inventory.tables.filter(({ oid }) => wanted.has(oid));
  const level = verifyLevel(options.verify, inventory.server.databaseBytes);
  const begun = [ASIDE_UNIT];
  const aside: Unit = {
    id: ASIDE_UNIT,
    subject: "foreign keys and triggers to be put aside",
    cost: statementsCost(matching.aside.keys.length + matching.aside.triggers.length),
    dependsOn: [],
    payload: { kind: "schema", statements: [], aside: matching.aside },
  };
  const copies = copyUnits(planCopies(tables, inventory.server, options.lanes), begun);
  const copied = copiesByTable(copies);
  const filledBy = ({ oid }: { oid: number }) => copied.get(oid) ?? begun;
  const objects = options.largeObjects ? largeObjectUnits(inventory.largeObjects, begun) : [];
  const verifications =
    level === "none"
      ? []
      : [
          ...withMore(tableUnits("verify", tables, filledBy, level === "checksums"), matching.withMore),
          ...largeObjectComparisons(objects, inventory.largeObjects.bytes, level === "checksums"),
        ];
  const before = [
    [aside],
    copies,
    objects,
    sequenceUnits(matching, begun),
    refreshUnits(
      matching,
      [...copies, ...objects].map(({ id }) => id),
    ),
    keyUnits(matching, tables, filledBy),
    verifications,
    tableUnits("analyze", tables, filledBy),
  ].flat();
  return {
    units: [
      ...before,
      ...triggerUnits(
        matching,
        before.map(({ id }) => id),
      ),
    ],
    tables: plannedTables(matching, inventory),
    skipped: matching.left,
  };
}

/** What only looks alike by its name may be written otherwise in binary form: types of users' own travel as text. */
export function plannedTables(
  { tables, withMore: more }: Pick<Matching, "tables" | "withMore">,
  inventory: Inventory,
): Plan["tables"] {
  const wanted = new Set(tables.map(({ oid }) => oid));
  const types = new Map(inventory.types.map((type) => [type.oid, type]));
  return inventory.tables
    .filter(({ oid }) => wanted.has(oid))
    .map((table) => {
      const planned = planTable(table, types, true);
      const isOfUsers = table.columns.some(({ typeOid, generated }) => !generated && typeOid >= FIRST_OF_USERS);
      return {
        ...planned,
        ...(isOfUsers && { format: "text" as const }),
        ...(more.has(table.oid) && { mayHaveMore: true as const }),
      };
    });
}

/** Columns that only the target has are not compared: the source has nothing to compare them with. */
function withMore(units: Unit[], more: ReadonlySet<number>): Unit[] {
  return units.map((unit) => {
    const { payload } = unit;
    if (payload.kind !== "verify") return unit;
    const tables = payload.tables.map(
      (table): TableRef => (more.has(table.oid) ? { ...table, mayHaveMore: true } : table),
    );
    return { ...unit, payload: { ...payload, tables } };
  });
}

function sequenceUnits({ sequences }: Matching, dependsOn: string[]): Unit[] {
  return inChunks(sequences, SEQUENCES_PER_UNIT).map((chunk, index) => ({
    id: `sequence:${index + 1}`,
    subject: chunk.length === 1 ? subjectOf(chunk.map(({ source }) => source)) : `${chunk.length} sequences`,
    cost: statementsCost(chunk.length),
    dependsOn,
    payload: {
      kind: "sequence",
      sequences: chunk.map(({ source, target }) => ({
        ...{ oid: 0, schema: source.schema, name: source.name },
        to: { schema: target.schema, name: target.name },
      })),
    },
  }));
}

function refreshUnits({ views }: Matching, dependsOn: string[]): Unit[] {
  return views.map(({ oid, schema, name, after }) => ({
    id: `refresh:${oid}`,
    subject: `${schema}.${name}`,
    cost: 1,
    dependsOn: [...dependsOn, ...after.map((before) => `refresh:${before}`)],
    payload: { kind: "refresh", view: { oid, schema, name } },
  }));
}

/**
 * Keys come back one bundle after the other, since each locks its two tables. One that was valid is there before its
 * rows are looked at: should these not fit, it is kept for new ones, and told as a difference.
 */
function keyUnits({ aside }: Matching, tables: SourceTable[], filledBy: (table: { oid: number }) => string[]): Unit[] {
  const byName = new Map(tables.map((table) => [formatTableName(table), table]));
  const ends = ({ schema, table, references }: AsideKey) =>
    [{ schema, name: table }, references].map((end) => byName.get(formatTableName(end)));
  const everything = [...new Set(tables.flatMap(filledBy))];
  // Of a partitioned table the rows are its partitions'.
  const waits = (key: AsideKey) => {
    const known = ends(key).filter((end) => end !== undefined);
    return known.length === 2 ? known.flatMap((end) => filledBy(refOf(end))) : everything;
  };
  const bytes = (key: AsideKey) => byName.get(formatTableName({ schema: key.schema, name: key.table }))?.bytes ?? 0;
  const isApart = (key: AsideKey) => isValidatedApart(key) && bytes(key) >= LARGE_TABLE_BYTES;
  return inChunks(aside.keys, KEYS_PER_UNIT).flatMap((chunk, index) => {
    const id = `constraints:${index + 1}`;
    const validations = chunk.filter((key) => isValidatedApart(key) && !isApart(key));
    const statements = [...chunk.flatMap(additions), ...validations.map(validation)];
    const dependsOn = [...new Set([...(index === 0 ? [] : [`constraints:${index}`]), ...chunk.flatMap(waits)])];
    const cost = statementsCost(statements.length);
    const subject = chunk.length === 1 && chunk[0] ? titleOf(chunk[0]) : `${chunk.length} foreign keys`;
    return [
      { id, subject, cost, dependsOn, payload: { kind: "constraint" as const, statements } },
      ...chunk.filter(isApart).map(
        (key, place): Unit => ({
          id: `validate:${index + 1}:${place + 1}`,
          subject: titleOf(key),
          cost: scanCost(bytes(key)),
          dependsOn: [id],
          payload: { kind: "constraint", statements: [validation(key)] },
        }),
      ),
    ];
  });
}

const said = (kind: string, subject: string, statement: string, bestEffort = false): PlannedStatement => ({
  ...{ id: 0, kind, subject, statement: `${statement};`, bestEffort },
});

function additions(key: AsideKey): PlannedStatement[] {
  const comment = commentKey(key);
  return [
    said("FOREIGN KEY", titleOf(key), addKey(key)),
    ...(comment ? [said("COMMENT", titleOf(key), comment, true)] : []),
  ];
}

const validation = (key: AsideKey) => said("VALID FOREIGN KEY", titleOf(key), validateKey(key));

function triggerUnits({ aside }: Matching, dependsOn: string[]): Unit[] {
  const statements = aside.triggers.map((trigger) => said("TRIGGER", titleOf(trigger), restoreTrigger(trigger)));
  return inChunks(statements, SEQUENCES_PER_UNIT).map((chunk, index) => ({
    id: `post:${index + 1}`,
    subject: chunk.length === 1 && chunk[0] ? chunk[0].subject : `${chunk.length} triggers`,
    cost: statementsCost(chunk.length),
    dependsOn: index === 0 ? dependsOn : [`post:${index}`],
    payload: { kind: "post", statements: chunk },
  }));
}
