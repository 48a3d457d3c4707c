import { LEDGER_SCHEMA } from "@/lib/copy/ledger";
import type { PlannedTable } from "@/lib/plan/copy-plan";
import { objectsWith } from "@/lib/plan/left-out";
import type { ImportOptions } from "@/lib/plan/options";
import type { Decisions } from "@/lib/schema/verdict-store";
import { NEON_OWN } from "@/lib/source/providers/known/neon";
import { reportObjects } from "@/lib/verify/report/report-objects";
import type { ReportObjects } from "@/lib/verify/report/report-schema";
import { compareObjects, type ObjectOptions, type ObjectSide } from "@/lib/verify/structure/compare-objects";
import type { SequenceReadings } from "@/lib/verify/structure/compare-sequences";
import { countStates } from "@/lib/verify/structure/compare-structure";

interface ObjectProof {
  source: ObjectSide;
  target: ObjectSide;
  decisions: Decisions;
  options: Pick<ImportOptions, "content">;
  tables: readonly PlannedTable[];
  readings: SequenceReadings;
}

/** By what the objects of an import are compared. Pure. */
export function objectOptions({
  decisions,
  options,
  tables,
  readings,
}: Omit<ObjectProof, "source" | "target">): ObjectOptions {
  const filled = new Set(tables.filter(({ withData }) => withData).map(keyOf));
  return {
    ...decisions,
    ...readings,
    ignoredSchemas: [LEDGER_SCHEMA],
    ignoredRoles: NEON_OWN.roles,
    withData: options.content === "all",
    isFilled: (table) => filled.has(keyOf(table)),
  };
}

const keyOf = ({ schema, name }: { schema: string; name: string }) => JSON.stringify([schema, name]);

/** All objects of both sides, compared by the decisions of the plan. Pure. */
export function proveObjects(proof: ObjectProof): ReportObjects {
  const { source, target, decisions } = proof;
  const options = objectOptions(proof);
  return reportObjects({
    verdicts: decisions.verdicts,
    leftOut: objectsWith("skip", decisions.verdicts),
    states: countStates(source.facts, target.facts, options),
    differences: compareObjects(source, target, options),
  });
}
