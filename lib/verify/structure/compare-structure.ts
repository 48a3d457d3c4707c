import type { Ownership } from "@/lib/schema/policy/context";
import { compareSequences, type SequenceReadings } from "./compare-sequences";
import type { ConstraintFact, IndexFact, RelationFact, StructureFacts } from "./facts";

export const structureCodes = [
  "index.invalid",
  "index.not_ready",
  "constraint.not_valid",
  "constraint.disabled",
  "view.not_populated",
  "view.populated",
  "statistics.missing",
  "owner.different",
  "sequence.behind",
  "sequence.ahead",
  "sequence.below_rows",
] as const;

export type StructureCode = (typeof structureCodes)[number];

export interface StructureDifference {
  code: StructureCode;
  /** The kind and the name of what differs, as the comparison of archives names it: `index public.orders_pkey`. */
  subject: string;
  expected: string;
  found: string;
}

export interface StructureOptions extends SequenceReadings {
  ownership: Ownership;
  /** Schemas of the source whose objects were moved, with where to. */
  movedSchemas?: Readonly<Record<string, string>>;
  /** False where no rows were asked for: views are empty then, sequences at their start, statistics not made. */
  withData: boolean;
  /** Whether the table was filled, and so analysed; all of them where it is left out. */
  isFilled?: (table: { schema: string; name: string }) => boolean;
  /** Schemas of the target that are not the import's. */
  ignoredSchemas?: readonly string[];
}

const KINDS: Record<string, string> = {
  r: "table",
  p: "table",
  f: "foreign table",
  v: "view",
  m: "materialized view",
  S: "sequence",
};

/**
 * What differs in state between what both sides have. Pure. What one side lacks, and all that a definition says, is
 * found by the comparison of the archives.
 */
export function compareStructure(
  source: StructureFacts,
  target: StructureFacts,
  options: StructureOptions,
): StructureDifference[] {
  const pairs = pairing(options);
  const relations = pairs(source.relations, target.relations);
  const sequences = options.withData ? compareSequences(pairs(source.sequences, target.sequences), options) : [];
  return [
    ...pairs(source.indexes, target.indexes).flatMap(([was, is]) => compareIndex(was, is)),
    ...pairs(source.constraints, target.constraints).flatMap(([was, is]) => compareConstraint(was, is)),
    ...relations.flatMap(([was, is]) => compareRelation(was, is, target.role, options)),
    ...sequences,
  ];
}

type Keyed = { schema: string; name: string; table?: string };

/** What both sides have, by name. */
export function pairing({
  movedSchemas = {},
  ignoredSchemas = [],
}: Pick<StructureOptions, "movedSchemas" | "ignoredSchemas">) {
  return <T extends Keyed>(source: readonly T[], target: readonly T[]): [T, T][] => {
    const found = new Map(target.map((fact) => [keyOf(fact), fact]));
    return source.flatMap((fact): [T, T][] => {
      if (ignoredSchemas.includes(fact.schema)) return [];
      const moved = { ...fact, schema: movedSchemas[fact.schema] ?? fact.schema };
      const other = found.get(keyOf(moved));
      return other ? [[moved, other]] : [];
    });
  };
}

/** Of how many objects each state was compared. Pure. */
export function countStates(
  source: StructureFacts,
  target: StructureFacts,
  options: StructureOptions,
): { what: string; count: number }[] {
  const pairs = pairing(options);
  const relations = pairs(source.relations, target.relations);
  const { withData, isFilled = () => true, ownership } = options;
  const filled = relations.filter(([, is]) => withData && is.kind === "r" && is.analysed !== null && isFilled(is));
  const counts: [string, number][] = [
    ["indexes valid and ready", pairs(source.indexes, target.indexes).length],
    ["constraints valid and enforced", pairs(source.constraints, target.constraints).length],
    ["sequences not behind", withData ? pairs(source.sequences, target.sequences).length : 0],
    ["materialized views populated", withData ? relations.filter(([was]) => was.kind === "m").length : 0],
    ["tables with statistics", filled.length],
    ["relations owned by who imported", ownership.mode === "none" ? relations.length : 0],
  ];
  return counts.filter(([, count]) => count > 0).map(([what, count]) => ({ what, count }));
}

const keyOf = ({ schema, table, name }: Keyed): string => JSON.stringify([schema, table, name]);

/** One that is unfit on the source too was brought as it was: pg_dump leaves it out, so that it is not even here. */
function compareIndex(was: IndexFact, is: IndexFact): StructureDifference[] {
  const subject = `index ${is.schema}.${is.name}`;
  if (was.valid && !is.valid) return [{ code: "index.invalid", subject, expected: "valid", found: "invalid" }];
  if (was.ready && !is.ready) return [{ code: "index.not_ready", subject, expected: "ready", found: "not ready" }];
  return [];
}

function compareConstraint(was: ConstraintFact, is: ConstraintFact): StructureDifference[] {
  const subject = `constraint ${is.schema}.${is.table} ${is.name}`;
  if (was.validated && !is.validated) {
    return [{ code: "constraint.not_valid", subject, expected: "valid", found: "not valid" }];
  }
  if (was.enabled && !is.enabled) {
    return [{ code: "constraint.disabled", subject, expected: "enforced", found: "its triggers are disabled" }];
  }
  return [];
}

function compareRelation(
  was: RelationFact,
  is: RelationFact,
  role: string,
  { ownership, withData, isFilled = () => true }: StructureOptions,
): StructureDifference[] {
  const subject = `${KINDS[is.kind] ?? "relation"} ${is.schema}.${is.name}`;
  const differences: StructureDifference[] = [];
  if (ownership.mode === "none" && is.owner !== role) {
    differences.push({ code: "owner.different", subject, expected: role, found: is.owner });
  }
  if (!withData) return differences;
  if (was.kind === "m" && is.kind === "m" && was.populated !== is.populated) {
    const words = (populated: boolean) => (populated ? "populated" : "not populated");
    const code = was.populated ? "view.not_populated" : "view.populated";
    differences.push({ code, subject, expected: words(was.populated), found: words(is.populated) });
  }
  if (is.analysed === false && is.kind === "r" && isFilled(is)) {
    differences.push({ code: "statistics.missing", subject, expected: "statistics", found: "none" });
  }
  return differences;
}
