import type { Archive } from "@/lib/schema/archive";
import { type CompareOptions, compareArchives, type SchemaDifference } from "@/lib/schema/compare";
import { compareStructure, type StructureDifference, type StructureOptions } from "./compare-structure";
import type { StructureFacts } from "./facts";

/** One object that is not on the target as it should be. */
export interface ObjectDifference {
  code: StructureDifference["code"] | `object.${SchemaDifference["difference"]}`;
  /** With its kind: `index public.orders_pkey`. */
  subject: string;
  expected: string;
  found: string;
  /** Lines that differ, the source's after `-` and the target's after `+`; null where the words say all. */
  detail: string | null;
  /** Why this was to be expected; null for a difference that is a failure. */
  byDesign: string | null;
}

export interface ObjectSide {
  archive: Archive;
  facts: StructureFacts;
}

export type ObjectOptions = CompareOptions & Omit<StructureOptions, "ownership" | "movedSchemas">;

/** All that differs between the objects of two sides: in what they are, and in the state they are in. Pure. */
export function compareObjects(source: ObjectSide, target: ObjectSide, options: ObjectOptions): ObjectDifference[] {
  const states = compareStructure(source.facts, target.facts, options).map((difference) => ({
    ...difference,
    detail: null,
    byDesign: null,
  }));
  const told = new Set(states.map(({ subject }) => subject));
  // pg_dump leaves out an index that is not valid, and with it the key: it is there, and what it lacks is said.
  const definitions = compareArchives(source.archive, target.archive, options).map(ofDefinition);
  const untold = definitions.filter(({ code, subject }) => code !== "object.missing" || !told.has(indexOf(subject)));
  return [...untold, ...states];
}

/** The index by which a key is kept has its name: `constraint public.orders orders_pkey`. */
function indexOf(subject: string): string {
  const [, schema, name] = /^constraint (.*?)\..* (\S+)$/.exec(subject) ?? [];
  return schema === undefined ? subject : `index ${schema}.${name}`;
}

function ofDefinition({ difference, kind, subject, detail, byDesign }: SchemaDifference): ObjectDifference {
  return {
    code: `object.${difference}`,
    subject: `${kind.toLowerCase()} ${subject}`,
    expected: difference === "extra" ? "absent" : "present",
    found: difference === "extra" ? "present" : difference,
    detail,
    byDesign,
  };
}
