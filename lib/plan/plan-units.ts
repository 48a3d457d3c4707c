import type { ServerFacts, SourceMaterializedView, SourceRelation, SourceTable } from "@/lib/source/inventory";
import { planCopies } from "./copy-plan";
import { copiesByTable, copyUnits, refreshUnits, sequenceUnits, tableUnits } from "./data-units";
import { constraintsByTable, foreignKeyWaits } from "./foreign-key-waits";
import { largeObjectComparisons, largeObjectUnits, type ObjectsToPlan } from "./large-object-units";
import { type PlannedEntry, roleOf } from "./planned-entry";
import {
  attachUnits,
  constraintUnits,
  DEFINITIONS,
  definitionUnits,
  indexesByTable,
  indexUnits,
  makesKey,
  postUnits,
  type StructureInput,
  schemaUnits,
} from "./structure-units";
import type { Unit } from "./unit";
import type { VerifyLevel } from "./verify-level";

export interface PlanInput {
  server: ServerFacts;
  /** What the policy lets through, in archive order. */
  entries: PlannedEntry[];
  /** Tables that the target will have. */
  tables: SourceTable[];
  /** Those of them whose rows are wanted. */
  filled: ReadonlySet<number>;
  sequences: SourceRelation[];
  materializedViews: SourceMaterializedView[];
  /** Null where they are not wanted. */
  largeObjects: ObjectsToPlan | null;
  verify: VerifyLevel;
  lanes: number;
}

const ids = (units: Unit[]) => units.map((unit) => unit.id);

/** The graph of units. There is no barrier between phases but the dependencies themselves. */
export function planUnits(input: PlanInput): Unit[] {
  const withData = input.tables.filter((table) => input.filled.has(table.oid));
  const postData = input.entries.filter((entry) => entry.section === "post-data");

  const schema = schemaUnits(input.entries.filter((entry) => entry.section === "pre-data"));
  const created = ids(schema).slice(-1);
  const copies = copyUnits(planCopies(withData, input.server, input.lanes), created);
  const copied = copiesByTable(copies);
  const objects = input.largeObjects ? largeObjectUnits(input.largeObjects, created) : [];
  const sequences = sequenceUnits(input.sequences, created);

  const views = new Set(input.materializedViews.map((view) => view.oid));
  const late = new Set(postData.filter((entry) => roleOf(entry) === "definition").map((entry) => entry.tableOid));
  const structure: StructureInput = {
    entries: postData,
    tables: new Map(input.tables.map((table) => [table.oid, table])),
    filledBy: (oid) =>
      copied.get(oid) ?? (views.has(oid) ? [`refresh:${oid}`] : late.has(oid) ? [DEFINITIONS] : created),
  };
  const indexes = indexUnits(structure);
  const ofViews = new Set(
    indexes.filter((unit) => unit.dependsOn.some((id) => id === DEFINITIONS || id.startsWith("refresh:"))),
  );
  const tableIndexes = indexes.filter((unit) => !ofViews.has(unit));
  const attaches = attachUnits(postData, ids(tableIndexes));
  const definitions = definitionUnits(postData, [...created, ...ids(tableIndexes), ...ids(attaches)]);
  const refreshes = refreshUnits(input.materializedViews, [
    ...created,
    ...ids([...copies, ...objects, ...definitions]),
  ]);
  const constraints = constraintUnits(structure, foreignKeyWaits(structure, tableIndexes, attaches));

  // A key keeps all others from its table for as long as it is made: whoever compared it meanwhile would only wait.
  const keyed = indexesByTable(indexes.filter(makesKey));
  const filledAndKeyed = ({ oid }: SourceTable) => [...(copied.get(oid) ?? created), ...(keyed.get(oid) ?? [])];
  const verifications =
    input.verify !== "none"
      ? [
          ...tableUnits("verify", withData, filledAndKeyed, input.verify === "checksums"),
          ...largeObjectComparisons(objects, input.largeObjects?.bytes ?? 0, input.verify === "checksums"),
        ]
      : [];
  const indexed = indexesByTable(indexes);
  const constrained = constraintsByTable(structure, constraints);
  const analyzes = tableUnits("analyze", withData, ({ oid }) => [
    ...(copied.get(oid) ?? created),
    ...(indexed.get(oid) ?? []),
    ...(constrained.get(oid) ?? []),
  ]);

  const before = [
    schema,
    copies,
    objects,
    sequences,
    indexes,
    attaches,
    definitions,
    refreshes,
    constraints,
    verifications,
  ];
  const posts = postUnits(postData, [...before, analyzes].flatMap(ids));
  return [...before, analyzes, posts].flat();
}
