import { sortSettings, sortsUnordered } from "@/lib/finish/build-settings";
import type { PlannedTable } from "@/lib/plan/copy-plan";
import type { UnitPayload } from "@/lib/plan/unit";

type IndexPayload = Extract<UnitPayload, { kind: "index" }>;

/** Pure: what is set for a unit of indexes. A large one has a unit of its own; those that share one need nothing. */
export function settingsFor(
  { statements, tables: oids }: IndexPayload,
  tables: ReadonlyMap<number, PlannedTable>,
): string {
  const [only, ...others] = statements;
  const bytes = Math.max(0, ...oids.map((oid) => tables.get(oid)?.bytes ?? 0));
  return only && others.length === 0 && sortsUnordered(only.statement) ? sortSettings(bytes) : "";
}
